"""`load_dataset`: any corpus as a `datasets.DatasetDict`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, overload

from pythonsecurityeval import _registry
from pythonsecurityeval._codec import encode
from pythonsecurityeval.corpora import _tables
from pythonsecurityeval.corpora.pythonsecurityeval import PythonSecurityEval
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.types import Provenance

if TYPE_CHECKING:
    import datasets

SPLIT = "test"

_VERSION = re.compile(r"\d+\.\d+\.\d+")  # datasets takes no other form; those of others name commits

OURS = Provenance(
    title="PythonSecurityEval v1 (re-authored)",
    source="https://arxiv.org/abs/2312.00024",
    licence="CC BY 4.0",
    citation="PythonSecurityEval v1 (re-authored), after Alrashedy and others, arXiv:2312.00024",
)

Rows = Sequence[dict[str, Any]]


@overload
def load_dataset(
    path: str = ..., name: str | None = ..., *, split: None = ..., corpus_path: str | os.PathLike[str] | None = ...
) -> datasets.DatasetDict: ...
@overload
def load_dataset(
    path: str = ..., name: str | None = ..., *, split: str, corpus_path: str | os.PathLike[str] | None = ...
) -> datasets.Dataset: ...
def load_dataset(
    path: str = "pythonsecurityeval",
    name: str | None = None,
    *,
    split: str | None = None,
    corpus_path: str | os.PathLike[str] | None = None,
) -> datasets.DatasetDict | datasets.Dataset:
    """A corpus as a `datasets.DatasetDict` with the one split ``test``; the tasks themselves are read, no cache.

    Args:
        path: Name of a corpus: ``pythonsecurityeval``, ``mini``, ``paper``, ``llmseceval``, … (``pse plugins``).
        name: ``default`` (one row a task, no solutions) or ``references`` (the reference solutions).
        split: ``test`` for the `datasets.Dataset` itself.
        corpus_path: Where the corpus lies, as for ``pse-score --corpus-path``.

    Raises:
        UsageError: There is no such corpus, configuration or split, or its files are wrong.
        InfrastructureError: The files of a published corpus cannot be fetched.
    """
    if split not in {None, SPLIT}:
        raise UsageError(f"unknown split {split!r}; the only one is {SPLIT!r}")
    factory = _registry.load("corpora", path)
    corpus = factory() if corpus_path is None else factory(Path(corpus_path))
    configs = _configs(corpus)
    config = "default" if name is None else name
    if config not in configs:
        raise UsageError(f"unknown configuration {config!r} of {path}; {_registry.nearest(config, configs)}")
    table = _table(corpus, config, configs[config]())
    if split is not None:
        return table
    from datasets import DatasetDict  # noqa: PLC0415 - a second that only this needs

    return DatasetDict({SPLIT: table})


def _configs(corpus: Any) -> dict[str, Callable[[], Rows]]:
    """What makes the rows of each configuration that a corpus has; a plugin's has at least its tasks."""
    found: dict[str, Callable[[], Rows]] = {"default": getattr(corpus, "rows", lambda: _plain(corpus))}
    if hasattr(corpus, "reference_rows"):
        found["references"] = corpus.reference_rows
    return found


def _plain(corpus: Any) -> Rows:
    return [encode(task) for task in corpus.tasks()]


def _table(corpus: Any, config: str, rows: Rows) -> datasets.Dataset:
    from datasets import Dataset, DatasetInfo, Features  # noqa: PLC0415 - a second that only this needs

    about = getattr(corpus, "about", OURS)
    declared = isinstance(corpus, PythonSecurityEval)
    features = Features(_feature_types(_tables.TABLES[config])) if declared else None
    info = DatasetInfo(
        description=f"{about.title}, version {corpus.version}, sha256:{corpus.sha256}",
        homepage=about.source,
        license=about.licence,
        citation=about.citation,
        version=corpus.version if _VERSION.fullmatch(corpus.version) else None,
        features=features,
        dataset_name=corpus.name,
        config_name=config,
    )
    # mypy: the parameters are annotated as if they could not be omitted
    return cast("datasets.Dataset", Dataset.from_list(list(rows), features=features, info=info, split=SPLIT))


def _feature_types(columns: Sequence[_tables.Column]) -> dict[str, Any]:
    from datasets import Value  # noqa: PLC0415 - a second that only this needs

    types: dict[str, Any] = {}
    for column in columns:
        one = _feature_types(column.kind) if isinstance(column.kind, tuple) else Value(_DTYPES[column.kind])
        types[column.name] = [one] if column.many else one
    return types


_DTYPES = {"string": "string", "integer": "int64"}
