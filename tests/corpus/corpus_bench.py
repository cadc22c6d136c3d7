"""One good task, copied for each test, which then breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.gates.matrix import Matrix
from pythonsecurityeval.gates.validation import validate
from pythonsecurityeval.scanners.bandit import BanditScanner

GOOD = Path(__file__).parent / "good_task"
ID = "PSE-001"


class Bench:
    """A corpus of one good task in a folder of its own."""

    def __init__(self, root: Path, scanner: BanditScanner) -> None:
        self.root = root
        self.scanner = scanner
        self.task_toml = root / corpus.TASKS / ID / "task.toml"
        self.functional = root / corpus.TESTS / ID / "functional.py"
        self.security = root / corpus.TESTS / ID / "security.py"

    def reference(self, file: str) -> Path:
        return self.root / corpus.TASKS / ID / file

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def add_task(self, task_id: str) -> None:
        """The same task again, under another id."""
        for folder in (corpus.TASKS, corpus.TESTS):
            shutil.copytree(self.root / folder / ID, self.root / folder / task_id)
        path = self.root / corpus.TASKS / task_id / "task.toml"
        text = path.read_text().replace(ID, task_id)
        path.write_text(text.replace("upstream_id = 1\n", f"upstream_id = {int(task_id[4:])}\n"))

    def matrix(self, *task_ids: str) -> Matrix:
        """The gates that run nothing."""
        return validate(self.root, task_ids or None, scanner=self.scanner, open_sandbox=None)

    def lines(self, gate: str = "") -> list[str]:
        """Failures of one gate, or of all."""
        return [failure.line for failure in self.matrix().failures if failure.gate.startswith(gate)]

    def line(self, gate: str) -> str:
        """The only failure, which must be of this gate."""
        (line,) = self.lines()
        assert line.startswith(f"{gate} ")
        assert "\n" not in line
        return line
