"""Everything that belongs to one task, read once for all gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import InputProblems, UsageError
from pythonsecurityeval.gates.matrix import Failure
from pythonsecurityeval.types import Suite, Task, UnitTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One task with its references by file and its tests by suite."""

    task: Task
    references: Mapping[str, str]
    tests: Mapping[Suite, str]

    @property
    def task_id(self) -> str:
        """Id of the task."""
        return self.task.task_id

    @property
    def unit_tests(self) -> tuple[UnitTest, ...]:
        """The tests as the sandbox takes them."""
        return tuple(UnitTest(task_id=self.task_id, suite=suite, source=text) for suite, text in self.tests.items())

    @property
    def insecure(self) -> dict[str, str]:
        """The insecure references by file."""
        return {file: code for file, code in self.references.items() if file.startswith("insecure")}

    @property
    def secure(self) -> dict[str, str]:
        """The secure references by file."""
        return {file: code for file, code in self.references.items() if not file.startswith("insecure")}


def read(root: Path, task_id: str) -> Material | tuple[Failure, ...]:
    """A task's material, or why it cannot be read: failures of gate G7, the schema."""
    try:
        return Material(
            task=corpus.load_task(root, task_id),
            references={reference.file: reference.code for reference in corpus.load_references(root, task_id)},
            tests={test.suite: test.source for test in corpus.load_unit_tests(root, task_id)},
        )
    except InputProblems as error:
        return tuple(_split(task_id, problem) for problem in error.problems)
    except UsageError as error:
        return (Failure(gate="G7", task_id=task_id, where="files", reason=str(error)),)


def stray_files(root: Path, task_id: str) -> list[str]:
    """Files in the task's folders that belong to no task; a left-over would be neither run nor shipped."""
    known = {root / path for path in corpus.task_files(task_id)}
    folders = (root / corpus.TASKS / task_id, root / corpus.TESTS / task_id)
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path not in known)
    return sorted(str(path.relative_to(root)) for path in found if "__pycache__" not in path.parts)


def _split(task_id: str, problem: str) -> Failure:
    where, _, reason = problem.partition(": ")
    return Failure(gate="G7", task_id=task_id, where=where.rpartition("/")[2], reason=reason)
