"""How many of the attacks get through when the test shares its process with the candidate.

Prints the table of ``docs/in-process.md``: ``python -m tests.attacks.in_process``.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest
from tests.attacks.foreign_suites import SUITES

FOLDER = Path(__file__).with_name("candidates")
FORGERS = sorted((FOLDER / "in_process").glob("*.py"))
_HEAD = re.compile(r"# suite: (\w+)")


def _is_other(path):
    """Whether an attack was written against the split mode, meets the same questions here, and answers them wrong."""
    head = path.read_text().partition("\n")[0]
    found = _HEAD.match(head)
    return path.parent != FOLDER / "in_process" and found and found[1] in SUITES and "passed" not in head


OTHERS = list(filter(_is_other, sorted(FOLDER.glob("*/*.py"))))


def sample(suite, code, index=0):
    test = UnitTest(task_id=suite, suite="functional", source=SUITES[suite], integrity="in_process")
    return Prediction(task_id=suite, sample_index=index, code=code, extraction=Extraction.SOLUTION), [test]


def attack(path, index=0, arm=str):
    text = path.read_text()
    return sample(_HEAD.match(text)[1], arm(text), index)


def say(line):
    sys.stdout.write(f"{line}\n")


def main():
    limits = Limits(cpu_s=0.5, wall_factor=2.4, memory_mb=256, processes=32, scratch_mb=32, file_mb=8)
    with SandboxPool(tier="auto", limits=limits) as pool:
        for title, paths in (("written for it", FORGERS), ("written for the split mode", OTHERS)):
            results = {p.sample_index: e for p, e in pool.execute(attack(path, i) for i, path in enumerate(paths))}
            counts = Counter(execution.functional for execution in results.values())
            through = [path.stem for i, path in enumerate(paths) if results[i].functional == "passed"]
            say(f"{title}: {len(paths)} attacks, {len(through)} pass; {dict(sorted(counts.items()))}")
            say(f"  that pass: {', '.join(through) or 'none'}")


if __name__ == "__main__":
    main()
