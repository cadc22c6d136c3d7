"""That the benchmarks run at all; what they measure is never a test."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_figure_can_be_measured_by_itself():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "trivial", "--quick"],
        cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr  # 1: a target was missed, as it may be with so few samples
    assert "trivial samples, tier namespaces: " in done.stdout
    assert "trivial samples, tier landlock: " in done.stdout
