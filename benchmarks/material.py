"""What benchmarks score: the corpus' own references, cheap ones of them many times over, and attacks."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval.corpora.pythonsecurityeval import full, mini

ROOT = Path(__file__).resolve().parents[1]
ATTACKS = ROOT / "tests/attacks/candidates"
_FAMILIES = ("forge", "escape", "denial")

#: Attacks that take their whole time limit say little about growth and much of the time.
_SLOW = re.compile(r"bomb|flood|hang|loop|sleep|stop|slowly|open_all|overflow|deep|hold|ignore|limit_and_slow")
_FUNCTION = re.compile(r"^def (add|save|apply)\(", re.MULTILINE)
_CALLS = {"add": "add(2, 3)", "save": "save('a.txt', 'hello')", "apply": "apply(len, 'abc')"}

Row = dict[str, Any]


def references(kind: str, *, pilot: bool = False) -> list[Row]:
    """One row a task, of all or of the pilot's: its ``secure`` reference, or its first ``insecure`` one."""
    corpus = mini() if pilot else full()
    wanted = {"secure": ("secure.py",), "insecure": ("insecure.py", "secure.py")}[kind]
    rows = []
    for task in corpus.tasks():
        files = {reference.file: reference.code for reference in corpus.references(task.task_id)}
        rows.append({"task_id": task.task_id, "solution": next(files[name] for name in wanted if name in files)})
    return rows


def attack_files() -> list[Path]:
    """The attacks of the test suite that name the suite they meet."""
    return sorted(path for family in _FAMILIES for path in ATTACKS.glob(f"{family}/*.py"))


def attacks(task_id: str) -> list[Row]:
    """The quick attacks of the test suite, as answers to a task: each runs while it is loaded."""
    rows = []
    for path in attack_files():
        text = path.read_text("utf-8")
        name = _FUNCTION.search(text)
        if not _SLOW.search(path.stem):
            rows.append({"task_id": task_id, "solution": text + (f"\n{_CALLS[name[1]]}\n" if name else "")})
    return rows


def spread(rows: Sequence[Row], count: int) -> list[Row]:
    """At most ``count`` of the rows, at even distances."""
    return list(rows[:: max(1, math.ceil(len(rows) / count))])


def repeated(rows: Iterable[Row], count: int) -> Iterator[Row]:
    """``count`` rows, going round and round."""
    return itertools.islice(itertools.cycle(list(rows)), count)


def write(path: Path, rows: Iterable[Row]) -> Path:
    """A predictions file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path
