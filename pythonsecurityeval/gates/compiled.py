"""What is compiled from the tasks: one table without solutions, one of the references, examples, and hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pythonsecurityeval import _jsonl
from pythonsecurityeval._codec import encode
from pythonsecurityeval.corpora import _task_format
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.types import Reference, Task

TEST, REFERENCES = corpus.COMPILED
EXAMPLES = (
    (Path("examples/secure.jsonl"), "secure.py"),
    (Path("examples/insecure.jsonl"), "insecure.py", "secure.py"),
)


def build(root: Path) -> tuple[Path, ...]:
    """Compiles a root's tables and its ``SHA256SUMS``; the same tasks give the same bytes.

    Returns:
        The files that changed, below ``root``.

    Raises:
        InputProblems: Task files are wrong.
    """
    changed = [path for path, lines in _tables(root) if _write(root, path, lines)]
    if _write(root, corpus.SUMS, corpus.sums(root).splitlines()):
        changed.append(corpus.SUMS)
    return tuple(changed)


def stale(root: Path) -> tuple[str, ...]:
    """Compiled files that are not what `build` would write, one line each."""
    wanted = [*_tables(root), (corpus.SUMS, corpus.sums(root).splitlines())]
    return tuple(
        f"{path}: not up to date; run `pse corpus build`" for path, lines in wanted if _differs(root, path, lines)
    )


def _tables(root: Path) -> Iterator[tuple[Path, list[str]]]:
    tasks = corpus.load_tasks(root)
    yield TEST, [_line(_task_row(root, task)) for task in tasks]
    pairs = ((task, reference) for task in tasks for reference in corpus.load_references(root, task.task_id))
    for path, *preferred in EXAMPLES:
        yield path, [_line(_example_row(root, task, preferred)) for task in tasks]
    yield REFERENCES, [_line(_reference_row(task, reference)) for task, reference in pairs]


def _task_row(root: Path, task: Task) -> dict[str, Any]:
    """All of a task but its solutions; every row has every column."""
    tests = {test.suite: test.source for test in corpus.load_unit_tests(root, task.task_id)}
    return {
        **encode(task),
        "environment": _task_format.environment_sentence(),
        "functional_test": tests["functional"],
        "security_test": tests.get("security", ""),
        "canary": _task_format.CANARY,
    }


def _reference_row(task: Task, reference: Reference) -> dict[str, Any]:
    weaknesses = [weakness.cwe for weakness in task.weakness if weakness.file == reference.file]
    return {
        "task_id": task.task_id,
        "kind": reference.file.removesuffix(".py"),
        "source": reference.code,
        "cwe": weaknesses,
        "canary": _task_format.CANARY,
    }


def _example_row(root: Path, task: Task, preferred: list[str]) -> dict[str, Any]:
    """A prediction: the first of the preferred references that the task has."""
    codes = {reference.file: reference.code for reference in corpus.load_references(root, task.task_id)}
    return {"task_id": task.task_id, "solution": next(codes[file] for file in preferred if file in codes)}


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def _write(root: Path, path: Path, lines: list[str]) -> bool:
    if not _differs(root, path, lines):
        return False
    _jsonl.write_lines(root / path, lines)
    return True


def _differs(root: Path, path: Path, lines: list[str]) -> bool:
    file = root / path
    return not file.is_file() or file.read_bytes() != "".join(f"{line}\n" for line in lines).encode()
