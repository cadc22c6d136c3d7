"""Results as a model's repository on a hub states them: ``.eval_results/*.yaml``, an entry for each metric.

Source: https://huggingface.co/docs/hub/eval-results. A hub takes such a file from anybody and believes it,
so each entry says what its number rests on, and the corpus by revision and hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import yaml

from pythonsecurityeval import _jsonl
from pythonsecurityeval.errors import EnvironmentMissing, UsageError
from pythonsecurityeval.hub.publishing import check_name, tag_of
from pythonsecurityeval.types import Measure

FOLDER = Path(".eval_results")

_COMMIT = re.compile(r"[0-9a-f]{40}")
_OTHERWISE = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 80


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """The published data set that results are of.

    Attributes:
        repo: ``ORG/NAME``.
        revision: The tag of the corpus' version, or a commit.
    """

    repo: str
    revision: str

    def check(self, version: str) -> None:
        """That this can be the data set of a version of the corpus; what a commit holds is not known here.

        Raises:
            UsageError: It cannot.
        """
        check_name(self.repo)
        if self.revision != tag_of(version) and not _COMMIT.fullmatch(self.revision):
            raise UsageError(
                f"{self.revision!r} is neither {tag_of(version)}, the tag of the version that was scored, nor a "
                "commit of 40 hexadecimal digits; a branch would not stay the same"
            )


def entries(
    benchmark: Benchmark,
    measures: Mapping[str, Measure],
    notes: str,
    *,
    date: str | None = None,
    source: str | None = None,
) -> list[dict[str, Any]]:
    """An entry for each measure that has a value, a share in [0, 1]; ready for YAML.

    Args:
        benchmark: What they are results of.
        measures: By the task ids of ``eval.yaml``.
        notes: What all of them rest on.
        date: When it was scored, ISO 8601.
        source: Where the run is published.

    Raises:
        EnvironmentMissing: The installed huggingface_hub does not know the format.
    """
    try:
        from huggingface_hub import (  # noqa: PLC0415 - only who publishes needs it
            EvalResultEntry,
            eval_result_entries_to_yaml,
        )
    except ImportError:
        raise EnvironmentMissing(
            "this huggingface_hub does not know evaluation results; pip install 'huggingface_hub>=1.4'"
        ) from None
    found = [
        EvalResultEntry(
            dataset_id=benchmark.repo,
            task_id=name,
            value=measure.value,
            dataset_revision=benchmark.revision,
            date=date,
            source_url=source,
            notes=f"{_resting_on(measure)}; {notes}",
        )
        for name, measure in measures.items()
        if measure.value is not None
    ]
    return list(eval_result_entries_to_yaml(found))


def _resting_on(measure: Measure) -> str:
    count = f"{measure.numerator or 0:g}/{measure.denominator}"
    if measure.ci95 is None:
        return count
    low, high = measure.ci95
    return f"{count}, 95 % interval {low:.3f} to {high:.3f}"


def write(folder: Path, name: str, found: list[dict[str, Any]]) -> Path:
    """Writes one file of a model's repository.

    Args:
        folder: The repository's folder; made if need be.
        name: What tells the file from a model's other results; may be any text.
        found: What `entries` gave.

    Raises:
        UsageError: The folder is none, or holds such a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; choose a folder for --out")
    words = _OTHERWISE.sub("-", name.lower())[:_LONGEST_NAME].strip("-")
    path = folder / FOLDER / f"{'pythonsecurityeval-' + words if words else 'pythonsecurityeval'}.yaml"
    if path.exists():
        raise UsageError(f"{path}: is there already; remove it, or choose another --out")
    _jsonl.write_bytes(path, yaml.safe_dump(found, sort_keys=False, width=120).encode())
    return path
