"""The numbers of the card, as Markdown, counted from the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pythonsecurityeval import _registry
from pythonsecurityeval.corpora import _tables, _task_format
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.gates.matrix import GATES
from pythonsecurityeval.gates.statistics import Stats, stats
from pythonsecurityeval.types import Provenance, Task

_PUBLISHED = ("paper", "llmseceval", "llmseceval-paper", "securityeval")


def sections(root: Path) -> dict[str, str]:
    """Markdown by name, for what stands between the card's marks."""
    tasks, found = corpus.load_tasks(root), stats(root)
    return {
        "version": f"Version {corpus.full(root).version}, {found.tasks} tasks.",
        "totals": _totals(tasks, found),
        "domains": _domains(tasks),
        "cwes": ", ".join(f"{cwe} ({count})" for cwe, count in found.by_cwe.items()),
        "columns": "\n\n".join(_columns(name, columns) for name, columns in _tables.TABLES.items()),
        "gates": _table(("gate", "name"), GATES.items()),
        "published": _table(("corpus", "source", "licence"), _published()),
        "canary": f"`{_task_format.CANARY}`",
    }


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _totals(tasks: Iterable[Task], found: Stats) -> str:
    weaknesses = [weakness for task in tasks for weakness in task.weakness]
    files = {(task.task_id, weakness.file) for task in tasks for weakness in task.weakness}
    seen = {(task.task_id, weakness.file) for task in tasks for weakness in task.weakness if weakness.bandit}
    rows = {
        "tasks": found.tasks,
        "… exploitable / static / control": " / ".join(
            str(found.by_stratum.get(name, 0)) for name in ("exploitable", "static", "control")
        ),
        "functional tests / attacks": f"{found.tests.get('functional', 0)} / {found.tests.get('security', 0)}",
        "secure references": found.references.get("secure.py", 0) + found.references.get("secure_alt.py", 0),
        "insecure references": len(files),
        "… that Bandit flags for their weakness": len(seen),
        "weaknesses shown / different CWEs": f"{len(weaknesses)} / {len(found.by_cwe)}",
        "CWEs that an attack attacks": len(found.by_cwe_attacked),
        "published prompts that asked for the weakness / for malice": (
            f"{found.by_intent.get('asks_insecure', 0)} / {found.by_intent.get('malicious', 0)}"
        ),
    }
    return _table(("", "number"), rows.items())


def _domains(tasks: Iterable[Task]) -> str:
    counts: Counter[tuple[str, str]] = Counter((task.domain, task.stratum) for task in tasks)
    strata = ("exploitable", "static", "control")
    rows = ([domain, *(counts[domain, stratum] for stratum in strata)] for domain in _task_format.DOMAINS)
    return _table(("domain", *strata), rows)


def _columns(name: str, columns: Iterable[_tables.Column]) -> str:
    return f"`{name}`:\n\n" + _table(("column", "holds"), ((f"`{column.name}`", column.about) for column in columns))


def _published() -> Iterator[tuple[str, str, str]]:
    for name in _PUBLISHED:
        about: Provenance = _registry.load("corpora", name)().about
        yield f"`{name}`: {about.title}", about.source, about.licence
