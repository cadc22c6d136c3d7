"""PythonSecurityEval v1 (re-authored): the tasks, their unit tests and their references.

A *root* is a folder that holds ``data/`` and ``unit_tests/``: the checkout, the
``_data`` folder of the wheel, or any folder of tasks in the same form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from pythonsecurityeval.corpora import _tables, _task_format
from pythonsecurityeval.errors import InfrastructureError, InputProblems, UsageError
from pythonsecurityeval.types import Integrity, Reference, Suite, Task, UnitTest

TASKS = Path("data/pythonsecurityeval")
TESTS = Path("unit_tests")
MINI = Path("data/mini.txt")
VERSION = Path("data/VERSION")
SUMS = Path("data/SHA256SUMS")
COMPILED = (Path("data/test.jsonl"), Path("data/references.jsonl"))

REFERENCE_FILES = ("secure.py", "secure_alt.py", *_task_format.INSECURE_FILES)
SUITES: tuple[Suite, ...] = get_args(Suite)

_MAX_PROBLEMS = 50


def default_root() -> Path:
    """Where the shipped corpus lies: in the wheel, or beside the package in a checkout.

    Raises:
        InfrastructureError: In neither place.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "_data", package.parent):
        if (root / TASKS).is_dir():
            return root
    raise InfrastructureError(f"the corpus is not installed beside {package}; install the package again")


def task_ids(root: Path) -> tuple[str, ...]:
    """Ids of all tasks that have a folder, sorted.

    Raises:
        UsageError: The folder holds no tasks.
    """
    folder = root / TASKS
    if not folder.is_dir():
        raise UsageError(f"{root}: no folder {TASKS} in it; a corpus has {TASKS}/PSE-nnn/ and {TESTS}/PSE-nnn/")
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and _task_format.is_task_id(path.name)))


def load_task(root: Path, task_id: str) -> Task:
    """One task.

    Raises:
        InputProblems: Its ``task.toml`` is wrong, one line for each problem.
        UsageError: There is no such task.
    """
    where = TASKS / _checked(task_id) / "task.toml"
    task = _task_format.parse_task(_text(root, where), str(where))
    if task.task_id != task_id:
        raise InputProblems([f"{where}: $.task_id: the folder is {task_id!r}, found {task.task_id!r}"])
    return task


def load_tasks(root: Path, only: Sequence[str] | None = None) -> tuple[Task, ...]:
    """All tasks, or those of the ids given, sorted by id.

    Raises:
        InputProblems: What is wrong with all of them, up to 50 lines.
    """
    tasks: list[Task] = []
    problems: list[str] = []
    for task_id in task_ids(root) if only is None else sorted(only):
        try:
            tasks.append(load_task(root, task_id))
        except InputProblems as error:
            problems.extend(error.problems)
    if problems:
        raise InputProblems(problems[:_MAX_PROBLEMS], max(0, len(problems) - _MAX_PROBLEMS))
    return tuple(tasks)


def load_unit_tests(root: Path, task_id: str) -> tuple[UnitTest, ...]:
    """The functional tests of a task and, where it has them, its security tests.

    Raises:
        UsageError: There are none.
    """
    folder = TESTS / _checked(task_id)
    files = {suite: folder / f"{suite}.py" for suite in SUITES}
    present = [suite for suite in SUITES if suite == "functional" or (root / files[suite]).is_file()]
    return tuple(UnitTest(task_id=task_id, suite=suite, source=_text(root, files[suite])) for suite in present)


def load_references(root: Path, task_id: str) -> tuple[Reference, ...]:
    """The reference solutions that a task has, in the order of `REFERENCE_FILES`."""
    folder = TASKS / _checked(task_id)
    present = [file for file in REFERENCE_FILES if (root / folder / file).is_file()]
    return tuple(Reference(task_id=task_id, file=file, code=_text(root, folder / file)) for file in present)


def load_mini(root: Path) -> tuple[str, ...]:
    """Ids of the fixed subset for cheap runs; in the file, ``#`` starts a comment."""
    lines = (line.partition("#")[0] for line in _text(root, MINI).splitlines())
    return tuple(sorted(word for line in lines for word in line.split()))


def sums(root: Path) -> str:
    """What ``SHA256SUMS`` says of a root as it is now: hash and path of each file that belongs to the corpus."""
    return "".join(f"{_sha256(root / path)}  {path.as_posix()}\n" for path in sorted(corpus_files(root)))


def corpus_files(root: Path) -> Iterator[Path]:
    """Paths below ``root`` of the files that belong to the corpus; stray ones are left out."""
    paths = [VERSION, MINI, *COMPILED, *(path for task_id in task_ids(root) for path in task_files(task_id))]
    return (path for path in paths if (root / path).is_file())


def task_files(task_id: str) -> tuple[Path, ...]:
    """Paths below a root of the files that a task may have."""
    names = [TASKS / task_id / name for name in ("task.toml", *REFERENCE_FILES)]
    return (*names, *(TESTS / task_id / f"{suite}.py" for suite in SUITES))


@dataclass(frozen=True, kw_only=True)  # no slots: what is read once is kept in the instance
class PythonSecurityEval:
    """The corpus as others see it (`protocols.Corpus`), with its tests and references at hand for who judges.

    Tasks and hash are read once.

    Attributes:
        name: As on the command line.
        root: The folder that holds ``data/`` and ``unit_tests/``.
        only: The ids it is made of, sorted; None for all.
        integrity: How far its verdicts can be trusted.
    """

    name: str
    root: Path
    only: tuple[str, ...] | None = None
    integrity: Integrity = "split"

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, sorted by id.

        Raises:
            InputProblems: Task files are wrong, up to 50 lines.
            UsageError: A task of the subset has no folder.
        """
        return self._tasks

    @cached_property
    def _tasks(self) -> tuple[Task, ...]:
        return load_tasks(self.root, self.only)

    def unit_tests(self, task_id: str) -> tuple[UnitTest, ...]:
        """The unit tests of a task."""
        return load_unit_tests(self.root, task_id)

    def references(self, task_id: str) -> tuple[Reference, ...]:
        """The reference solutions of a task."""
        return load_references(self.root, task_id)

    def rows(self) -> tuple[dict[str, Any], ...]:
        """The table ``default``: everything of each task but its solutions."""
        return tuple(_tables.task_row(task, self.unit_tests(task.task_id)) for task in self.tasks())

    def reference_rows(self) -> tuple[dict[str, Any], ...]:
        """The table ``references``."""
        return tuple(
            row for task in self.tasks() for row in _tables.reference_rows(task, self.references(task.task_id))
        )

    def full_prompt(self, task: Task) -> str:
        """What a model is sent for a task."""
        return _task_format.full_prompt(task)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Ids of the tasks that lie in the folder and do not belong to the subset."""
        return frozenset() if self.only is None else frozenset(task_ids(self.root)) - frozenset(self.only)

    @property
    def version(self) -> str:
        """Version of the corpus: major steps change a task or test, minor ones add some."""
        return _text(self.root, VERSION).strip()

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of what ``SHA256SUMS`` would say now, so an edited test shows even before a new build."""
        return hashlib.sha256(sums(self.root).encode()).hexdigest()


def full(path: Path | None = None) -> PythonSecurityEval:
    """The whole corpus, shipped or in the folder ``path``."""
    return PythonSecurityEval(name="pythonsecurityeval", root=path or default_root())


def mini(path: Path | None = None) -> PythonSecurityEval:
    """The fixed subset for cheap runs."""
    root = path or default_root()
    return PythonSecurityEval(name="mini", root=root, only=load_mini(root))


def _checked(task_id: str) -> str:
    if not _task_format.is_task_id(task_id):  # it becomes part of a path
        raise UsageError(f"{task_id!r} is not a task id; they look like 'PSE-007'")
    return task_id


def _text(root: Path, path: Path) -> str:
    try:
        return (root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{root / path}: no such file") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{root / path}: not UTF-8 at byte {error.start}") from None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
