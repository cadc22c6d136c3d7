"""What is warmed up before the forks must leave nothing behind that a fork could trip over."""

import subprocess
import sys

import pytest

from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest

PROGRAM = """
import sys, threading
from pythonsecurityeval.sandbox import warming
warming.warm_light()
warming.warm_heavy()
print(threading.active_count(), "pytest" in sys.modules, "httpcore" in sys.modules, "time_machine" in sys.modules)
"""
SUITE = """
from pythonsecurityeval.testkit import TaskTest
class Functional(TaskTest):
    def test_shown(self):
        self.assertEqual(self.solution.show(), None)
"""


def test_warming_up_leaves_no_thread_and_says_nothing():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["1", "False", "True", "True"]
    assert done.stderr == ""


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
@pytest.mark.parametrize("library", ["os", "cryptography"])
@pytest.mark.parametrize(
    "numbers", ["import ssl; return ssl.RAND_bytes(8).hex()", "import random; return random.random()"]
)
def test_candidates_do_not_share_their_random_numbers(tier, library, numbers):
    code = f"import {library}\ndef show():\n    {numbers}\n"
    suite = [UnitTest(task_id="T", suite="functional", source=SUITE)]
    samples = [
        (Prediction(task_id="T", sample_index=index, code=code, extraction=Extraction.SOLUTION), suite)
        for index in range(5)
    ]
    with SandboxPool(tier=tier, limits=Limits()) as pool:
        shown = {execution.functional_tests[0].message for _, execution in pool.execute(samples)}
    assert len(shown) == len(samples)
