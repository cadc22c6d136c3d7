"""Corpora that others published: read from their own files, never copied into this project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.types import Integrity, Provenance, Reference, Task, UnitTest, Weakness

_PLACEHOLDER = re.compile(r"<lang?uage>")  # one published row misspells it
_CWE = re.compile(r"CWE-0*([1-9]\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One published task: what is asked, its test and its insecure example if it has them, and other columns."""

    task: Task
    unit_test: str = ""
    insecure: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What was read: the items, and the hash that says which bytes they came from."""

    items: tuple[Item, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)  # no slots: what is read once is kept in the instance
class PublishedCorpus:
    """A corpus of others as the house sees it (`protocols.Corpus`); its files are read on first use.

    Attributes:
        name: As on the command line.
        version: Of the publication; a commit where it has no other.
        about: Where it comes from and under which licence.
        read: Reads and verifies the files.
        tested: Whether its tasks have unit tests at all.
        integrity: How far its verdicts can be trusted.
        prompts_are_code: Whether a model is asked to go on with the prompt.
    """

    name: str
    version: str
    about: Provenance
    read: Callable[[], Edition]
    tested: bool = False
    integrity: Integrity = "split"
    prompts_are_code: bool = False

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, sorted by id.

        Raises:
            UsageError: The given file is not the published one.
            InfrastructureError: The files cannot be fetched.
        """
        return tuple(item.task for item in self._edition.items)

    def unit_tests(self, task_id: str) -> tuple[UnitTest, ...]:
        """The published unit test of a task, as it was published; none for a task without."""
        source = self._item(task_id).unit_test
        test = UnitTest(task_id=task_id, suite="functional", source=source, integrity=self.integrity)
        return (test,) if source else ()

    def references(self, task_id: str) -> tuple[Reference, ...]:
        """The published insecure example of a task, if it has one."""
        code = self._item(task_id).insecure
        return (Reference(task_id=task_id, file="insecure.py", code=code),) if code else ()

    def rows(self) -> tuple[dict[str, Any], ...]:
        """One row a task for tables: id, title, prompt, CWEs, and the publication's own columns."""
        return tuple(_row(item) for item in self._edition.items)

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the file, or of the list of files, that was read."""
        return self._edition.sha256

    @cached_property
    def _edition(self) -> Edition:
        edition = self.read()
        return Edition(items=tuple(sorted(edition.items, key=lambda item: item.task.task_id)), sha256=edition.sha256)

    def _item(self, task_id: str) -> Item:
        for item in self._edition.items:
            if item.task.task_id == task_id:
                return item
        raise UsageError(f"{self.name} has no task {task_id!r}")


def _row(item: Item) -> dict[str, Any]:
    task = item.task
    row = {"task_id": task.task_id, "title": task.title, "prompt": task.prompt, "cwe": list(task.cwes)}
    return {**row, **item.columns}


def published_task(task_id: str, *, title: str, prompt: str, cwe: str = "", what: str = "") -> Task:
    """A task of others: Python is asked for, and the weakness is named but shown by nothing."""
    weakness = (Weakness(file="", cwe=cwe, bandit=(), what=what),) if cwe else ()
    return Task(
        task_id=task_id,
        title=title,
        domain="",
        prompt=_PLACEHOLDER.sub("Python", prompt),
        entry_point="",
        signature="",
        stratum="unproven",
        weakness=weakness,
    )


def cwe_of(label: str) -> str:
    """The CWE that a published id starts with, as everybody writes it: ``CWE-020_author_1.py`` gives ``CWE-20``."""
    match = _CWE.match(label)
    return f"CWE-{match[1]}" if match else ""


def unique(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels, where the second of the same gets ``#2``, the third ``#3``."""
    seen: dict[str, int] = {}
    ids = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        ids.append(label if seen[label] == 1 else f"{label}#{seen[label]}")
    return tuple(ids)
