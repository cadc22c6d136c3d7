"""What is compiled from the tasks: the tables, the examples, what a hub reads, and hashes; one way to make it all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pythonsecurityeval import _jsonl
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.gates import hub_files
from pythonsecurityeval.types import Task

TEST, REFERENCES = corpus.COMPILED
EXAMPLES = (
    (Path("examples/secure.jsonl"), "secure.py"),
    (Path("examples/insecure.jsonl"), "insecure.py", "secure.py"),
)


def build(root: Path) -> tuple[Path, ...]:
    """Compiles a root's tables, what a hub reads beside them, and ``SHA256SUMS``; the same tasks give the same bytes.

    Returns:
        The files that changed, below ``root``.

    Raises:
        InputProblems: Task files are wrong.
    """
    changed = [path for path, data in _compiled(root) if _write(root / path, data)]
    if _write(root / corpus.SUMS, corpus.sums(root).encode()):
        changed.append(corpus.SUMS)
    return tuple(changed)


def stale(root: Path) -> tuple[str, ...]:
    """Compiled files that are not what `build` would write, one line each."""
    wanted = [*_compiled(root), (corpus.SUMS, corpus.sums(root).encode())]
    return tuple(
        f"{path}: not up to date; run `pse corpus build`" for path, data in wanted if _differs(root / path, data)
    )


def _compiled(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Path and contents of every compiled file but the hashes, which come last."""
    full = corpus.full(root)
    tables = {"default": _lines(full.rows()), "references": _lines(full.reference_rows())}
    for name, data in tables.items():
        yield hub_files.FILES[name], data
    for path, *preferred in EXAMPLES:
        yield path, _lines(_example_row(root, task, preferred) for task in full.tasks())
    for path, text in hub_files.hub_files(root, tables):
        yield path, text.encode()


def _example_row(root: Path, task: Task, preferred: list[str]) -> dict[str, Any]:
    """A prediction: the first of the preferred references that the task has."""
    codes = {reference.file: reference.code for reference in corpus.load_references(root, task.task_id)}
    return {"task_id": task.task_id, "solution": next(codes[file] for file in preferred if file in codes)}


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False, allow_nan=False)}\n" for row in rows).encode()


def _write(file: Path, data: bytes) -> bool:
    if not _differs(file, data):
        return False
    _jsonl.write_bytes(file, data)
    return True


def _differs(file: Path, data: bytes) -> bool:
    return not file.is_file() or file.read_bytes() != data
