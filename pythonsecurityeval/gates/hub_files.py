"""What a hub and `datasets` read beside the tables: the card's derived parts, small YAML files, Croissant.

The card is written by hand; of its front matter, ``size_categories``, ``configs`` and ``dataset_info``
are derived, and so is what stands between ``<!-- made: NAME -->`` and ``<!-- end -->``.

Every configuration carries the version and the hash of its table, because `datasets` keys its cache of
a local data set by this YAML alone: without them an edited table would silently give old rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pythonsecurityeval.corpora import _tables
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.gates import croissant, prose
from pythonsecurityeval.metrics import named

CARD = Path("DATASET_CARD.md")
CITATION = Path("CITATION.cff")
CROISSANT = Path("croissant.json")
EVALUATION = Path("eval.yaml")
YAML = Path(".huggingface.yaml")
PACKAGE = Path("pythonsecurityeval")

FILES = dict(zip(_tables.TABLES, corpus.COMPILED, strict=True))
"""The table of each configuration."""

_METRICS = (
    f"Each task named here is a metric over all programming tasks, a share from 0 to 1; {named.HEADLINE}, works and "
    "withstands every attack, is the headline. Of the insecure, broken, undetermined, unresolved, introduced and not "
    "analysable, less is better."
)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_CITED_VERSION = re.compile(r"^version: .*$", re.MULTILINE)
_RELEASED = re.compile(r"^date-released: ['\"]?(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"))


def hub_files(root: Path, tables: Mapping[str, bytes]) -> Iterator[tuple[Path, str]]:
    """Path and text of each file, for a root that has a card; nothing for one that has none.

    Args:
        root: The folder with ``data/`` and ``unit_tests/``.
        tables: The compiled table of each configuration.

    Raises:
        UsageError: The card has no front matter, or asks for prose that nobody makes.
    """
    if not (root / CARD).is_file():
        return
    version = corpus.full(root).version
    derived = _derived(version, tables)
    yield CARD, _card((root / CARD).read_text("utf-8"), derived, prose.sections(root))
    yield YAML, _yaml(derived)
    yield EVALUATION, _yaml(_evaluation())
    if (root / PACKAGE).is_dir():
        yield PACKAGE / YAML, _yaml(_moved(derived, ".."))
    citation = (root / CITATION).read_text("utf-8") if (root / CITATION).is_file() else ""
    if citation:
        yield CITATION, _CITED_VERSION.sub(f"version: {version}", citation)
    released = _RELEASED.search(citation)
    files = {FILES[name]: data for name, data in tables.items()}
    yield CROISSANT, _json(croissant.metadata(version, files, released[1] if released else ""))


def _derived(version: str, tables: Mapping[str, bytes]) -> dict[str, Any]:
    rows = tables["default"].count(b"\n")
    return {
        "size_categories": [next((size for limit, size in _SIZES if rows < limit), "10K<n<100K")],
        "configs": [_config(name, version, data) for name, data in tables.items()],
        "dataset_info": [_info(name, data) for name, data in tables.items()],
    }


def _config(name: str, version: str, data: bytes) -> dict[str, Any]:
    default = {"default": True} if name == "default" else {}
    return {
        "config_name": name,
        **default,
        "version": version,
        "description": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "data_files": [{"split": "test", "path": FILES[name].as_posix()}],
    }


def _info(name: str, data: bytes) -> dict[str, Any]:
    split = {"name": "test", "num_bytes": len(data), "num_examples": data.count(b"\n")}
    features = _tables.features(_tables.TABLES[name])
    return {
        "config_name": name,
        "features": features,
        "splits": [split],
        "download_size": len(data),
        "dataset_size": len(data),
    }


def _evaluation() -> dict[str, Any]:
    """What makes the data set a benchmark on a hub: one leaderboard, called a task there, for each metric.

    The framework is ours: Inspect's own loader of this file knows neither attacks nor our scorer.
    Source: https://huggingface.co/docs/hub/eval-results, *Registering a Benchmark*.
    """
    return {
        "name": croissant.ABOUT["name"],
        "description": f"{croissant.ABOUT['description']} {_METRICS}",
        "evaluation_framework": PACKAGE.name,
        "tasks": [{"id": name, "config": "default", "split": "test"} for name in named.names()],
    }


def _card(text: str, derived: Mapping[str, Any], sections: Mapping[str, str]) -> str:
    match = _FRONT.match(text)
    if match is None:
        raise UsageError(f"{CARD}: has no front matter; it starts with a line ---, YAML, and a line ---")
    front = {**yaml.safe_load(match[1]), **derived}

    def made(found: re.Match[str]) -> str:
        if found[2] not in sections:
            raise UsageError(f"{CARD}: nothing makes {found[2]!r}; known: {', '.join(sections)}")
        return f"{found[1]}{sections[found[2]]}\n{found[3]}"

    return f"---\n{_yaml(front)}---\n{_MADE.sub(made, text[match.end() :])}"


def _moved(derived: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """The same, seen from a folder whose way to the tables starts with ``folder``."""

    def move(config: Mapping[str, Any]) -> dict[str, Any]:
        files = [{**file, "path": f"{folder}/{file['path']}"} for file in config["data_files"]]
        return {**config, "data_files": files}

    return {**derived, "configs": [move(config) for config in derived["configs"]]}


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=200)


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
