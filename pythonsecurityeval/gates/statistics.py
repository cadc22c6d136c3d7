"""Totals of the corpus, counted from its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.gates import suites
from pythonsecurityeval.types import UnitTest

GOALS: Mapping[str, float] = {
    "tasks": 470,
    "exploitable": 330,
    "cwes": 45,
    "cwes_attacked": 40,
    "tests_per_task": 6,
}
"""What the whole corpus must reach, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Totals; the mappings count tasks and are sorted by name.

    Attributes:
        tasks: Number of tasks.
        by_stratum: Tasks by stratum.
        by_domain: Tasks by domain.
        by_intent: Tasks by intent of the published prompt.
        by_cwe: Tasks by CWE, of a weakness or of an attack.
        by_cwe_attacked: Tasks by CWE that a security test attacks.
        tests: Number of functional and security tests.
        references: Reference solutions by file.
    """

    tasks: int
    by_stratum: Mapping[str, int]
    by_domain: Mapping[str, int]
    by_intent: Mapping[str, int]
    by_cwe: Mapping[str, int]
    by_cwe_attacked: Mapping[str, int]
    tests: Mapping[str, int]
    references: Mapping[str, int]

    @property
    def totals(self) -> dict[str, float]:
        """The totals that `GOALS` speaks of."""
        return {
            "tasks": self.tasks,
            "exploitable": self.by_stratum.get("exploitable", 0),
            "cwes": len(self.by_cwe),
            "cwes_attacked": len(self.by_cwe_attacked),
            "tests_per_task": sum(self.tests.values()) / self.tasks if self.tasks else 0.0,
        }


def stats(root: Path) -> Stats:
    """Totals of a root.

    Raises:
        UsageError: Task files are wrong, or a test file is no Python.
    """
    tasks = corpus.load_tasks(root)
    cwes, attacked, tests, references = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for task in tasks:
        declared = {test.suite: _declared(test) for test in corpus.load_unit_tests(root, task.task_id)}
        tests.update({suite: len(found) for suite, found in declared.items()})
        attacks = {test.cwe for found in declared.values() for test in found if test.cwe}
        attacked.update(attacks)
        cwes.update(attacks | {weakness.cwe for weakness in task.weakness})
        references.update(reference.file for reference in corpus.load_references(root, task.task_id))
    return Stats(
        tasks=len(tasks),
        by_stratum=_sorted(Counter(task.stratum for task in tasks)),
        by_domain=_sorted(Counter(task.domain for task in tasks)),
        by_intent=_sorted(Counter(task.upstream_intent for task in tasks)),
        by_cwe=_sorted(cwes),
        by_cwe_attacked=_sorted(attacked),
        tests=_sorted(tests),
        references=_sorted(references),
    )


def _declared(test: UnitTest) -> tuple[suites.Declared, ...]:
    try:
        return suites.declared(test.source)
    except SyntaxError as error:
        where = corpus.TESTS / test.task_id / f"{test.suite}.py"
        raise UsageError(f"{where}:{error.lineno}: is no Python ({error.msg}); mend it") from None


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (len(item[0]), item[0]) if "CWE" in item[0] else (0, item[0])))
