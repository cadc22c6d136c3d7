"""The pipeline that anyone would write first: Bandit's command for each file, a fresh Python for each test file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.figures import Spent, cores, spending
from benchmarks.material import Row
from pythonsecurityeval.corpora.pythonsecurityeval import default_root

_RUN = (
    "import sys, pathlib\n"
    "from pythonsecurityeval.testkit.local import run_local\n"
    "test, code = (pathlib.Path(name).read_text('utf-8') for name in sys.argv[1:3])\n"
    "sys.exit(any(case.outcome != 'passed' for case in run_local(test, code, seconds=60)))\n"
)


def scan(path: Path) -> None:
    """Bandit's own command; its exit code says whether it found something."""
    command = [str(Path(sys.executable).with_name("bandit")), "-q", "-f", "json", str(path)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run(test: Path, path: Path) -> bool:
    """Local mode in a fresh Python; whether all tests passed."""
    return subprocess.run([sys.executable, "-c", _RUN, str(test), str(path)], check=False).returncode == 0


def score(rows: Sequence[Row], folder: Path) -> tuple[Spent, int]:
    """Scan and run every row, as many at a time as there are cores; what it took, and how many rows passed."""
    tests = default_root() / "unit_tests"

    def one(row: Row) -> bool:
        path = folder / f"{row['task_id']}.py"
        path.write_text(row["solution"], encoding="utf-8")
        scan(path)
        outcomes = [run(test, path) for test in sorted((tests / row["task_id"]).glob("*.py"))]
        return all(outcomes)

    with spending() as spent, ThreadPoolExecutor(cores()) as threads:
        passed = sum(threads.map(one, rows))
    return spent, passed
