"""A judge that one sample spoilt must neither grade another nor end the run."""

import pytest

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest

HEAD = "import builtins, gc\nfrom pythonsecurityeval.testkit import TaskTest\nclass Functional(TaskTest):\n"
ADD = "def add(a, b):\n    return a + b\n"
#: Marks the judge itself, as only a test can.
MARK = "        builtins.runs = getattr(builtins, 'runs', 0) + 1\n"


def sample(source, code=ADD, index=0, security=None):
    tests = [UnitTest(task_id="T", suite="functional", source=source)]
    if security:
        tests.append(UnitTest(task_id="T", suite="security", source=security))
    return Prediction(task_id="T", sample_index=index, code=code, extraction=Extraction.SOLUTION), tests


@pytest.fixture(scope="module")
def pool():
    with SandboxPool(tier="landlock", limits=Limits(cpu_s=0.5)) as pool:
        yield pool


@pytest.fixture(autouse=True)
def fresh_judge(pool):
    for worker in pool._workers:
        worker.replace()


def run(pool, *samples):
    return [execution for _, execution in pool.execute(samples)]


def test_a_fault_in_a_judge_that_ran_a_test_is_no_fault_of_the_suite(pool):
    source = HEAD + (
        f"    def test_first(self):\n{MARK}        self.assertEqual(self.solution.add(1, 2), 3)\n"
        "    def test_second(self):\n        if hasattr(builtins, 'runs'): self.skipTest('spoilt')\n"
        "        self.assertEqual(self.solution.add(1, 2), 3)\n"
    )
    for execution in run(pool, sample(source), sample(source, index=1)):
        assert [test.outcome.value for test in execution.functional_tests] == ["passed", "passed"]


def test_a_suite_that_a_spoilt_judge_cannot_load_is_loaded_by_another(pool):
    first = HEAD + f"    def test_first(self):\n{MARK}        self.assertEqual(self.solution.add(1, 2), 3)\n"
    second = (
        "import builtins\nif hasattr(builtins, 'runs'): raise MemoryError\n"
        + HEAD
        + ("    def test_second(self):\n        self.assertEqual(self.solution.add(1, 2), 3)\n")
    )
    assert [execution.functional for execution in run(pool, sample(first), sample(second))] == ["passed"] * 2


def test_a_fault_in_a_fresh_judge_ends_the_run(pool):
    source = HEAD + "    def test_first(self):\n        self.skipTest('always')\n"
    with pytest.raises(InfrastructureError, match="T/functional test_first"):
        run(pool, sample(source))


def test_what_a_sample_left_in_cycles_is_collected_before_the_next(pool):
    source = HEAD + (
        "    def test_cycle(self):\n"
        "        class Cycle:\n"
        "            def __init__(self): self.me = self\n"
        "            def __del__(self): builtins.ended = getattr(builtins, 'ended', 0) + 1\n"
        f"{MARK}"
        "        self.assertEqual(getattr(builtins, 'ended', 0), builtins.runs - 1)\n"
        "        Cycle()\n"
        "        self.assertTrue(gc.isenabled())\n"
        "        self.assertEqual(self.solution.add(1, 2), 3)\n"
    )
    results = run(pool, *(sample(source, index=index) for index in range(5)))
    assert [execution.functional for execution in results] == ["passed"] * 5


def test_a_judge_in_which_a_thread_lives_on_is_replaced(pool):
    source = HEAD.replace("(TaskTest):", "(TaskTest):\n    uses = ('net',)").replace(
        "import", "import threading,", 1
    ) + (
        "    def test_stuck(self):\n"
        f"{MARK}"
        "        self.world.web.route('http://a.example/', lambda request: threading.Event().wait())\n"
        "        self.solution.call()\n"
        "        self.until(lambda: self.world.web.requests)\n"
        "        self.assertEqual(builtins.runs, 1)\n"
    )
    code = (
        "import socket\nkept = []\ndef call():\n    sock = socket.create_connection(('a.example', 80))\n"
        "    sock.sendall(b'GET / HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n')\n    kept.append(sock)\n"
    )
    results = run(pool, *(sample(source, code, index) for index in range(3)))
    assert [execution.functional for execution in results] == ["passed"] * 3


def test_a_judge_that_was_filled_is_replaced(pool):
    source = HEAD + (
        f"    def test_full(self):\n{MARK}        import mmap\n        builtins.kept = mmap.mmap(-1, 600 << 20)\n"
        "        self.assertEqual(builtins.runs, 1)\n"
    )
    results = run(pool, *(sample(source, index=index) for index in range(2)))
    assert [execution.functional for execution in results] == ["passed"] * 2


@pytest.mark.parametrize("length", [(1 << 20) + 1, 17_400_000])
def test_code_that_is_too_long_is_an_error_and_not_tampering(pool, length):
    source = HEAD + (
        "    def test_a(self):\n        self.assertEqual(self.solution.add(1, 2), 3)\n"
        "    def test_b(self):\n        self.assertEqual(self.solution.add(1, 2), 3)\n"
    )
    long, honest = run(pool, sample(source, "#" * length + f"\n{ADD}"), sample(source, index=1))
    assert [test.outcome.value for test in long.functional_tests] == ["error", "not_run"]
    assert (long.functional, honest.functional) == ("error", "passed")


def test_the_longest_code_is_run_even_if_it_must_be_escaped(pool):
    source = HEAD + "    def test_a(self):\n        self.assertEqual(self.solution.add(1, 2), 3)\n"
    (execution,) = run(pool, sample(source, ADD + "#" + "\x01" * ((1 << 20) - 100)))
    assert execution.functional == "passed"


WORK = """
import os
def spin(n):
    for _ in range(n): pass
    return n
"""
IN_A_CHILD = (
    WORK
    + """
def f(n):
    r, w = os.pipe()
    if not os.fork():
        os.write(w, str(spin(n)).encode()); os._exit(0)
    os.close(w)
    return int(os.read(r, 50))
"""
)
WAYS = {
    "left as a zombie": IN_A_CHILD,
    "waited for": IN_A_CHILD.replace("return int(os.read(r, 50))", "got = os.read(r, 50); os.wait(); return int(got)"),
    "ignored": "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n" + IN_A_CHILD,
    "orphaned": IN_A_CHILD.replace("    if not os.fork():\n", "    if not os.fork():\n        if os.fork(): os._exit(0)\n"),
    "kept": "import os\nr, w = os.pipe()\nif not os.fork():\n    n = int(os.read(r, 50))\n    for _ in range(n): pass\n"
    "    os.write(w2, str(n).encode())\n    os._exit(0)\n".replace("r, w = os.pipe()\n", "r, w = os.pipe()\nr2, w2 = os.pipe()\n")
    + "def f(n):\n    os.write(w, str(n).encode())\n    return int(os.read(r2, 50))\n",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_work_in_a_child_is_counted(pool, way):
    source = HEAD + "    def test_fast(self):\n        self.assertLess(self.cpu(self.solution.f, 4_000_000), 0.04)\n"
    (execution,) = run(pool, sample(source, WAYS[way]))
    assert [test.outcome.value for test in execution.functional_tests] == ["failed"], execution
    assert "not less than" in execution.functional_tests[0].message


def test_who_ended_has_not_used_nothing(pool):
    source = HEAD + (
        "    def test_fast(self):\n        try:\n            self.cpu(self.solution.f)\n"
        "        except Exception:\n            pass\n"
    )
    (execution,) = run(pool, sample(source, "import os\ndef f():\n    os._exit(0)\n"))
    assert execution.functional == "error"


def test_a_judge_that_computes_without_end_is_ended_by_its_own_cpu_time():
    source = HEAD + "    def test_loop(self):\n        while True:\n            pass\n"
    with SandboxPool(tier="landlock", limits=Limits(cpu_s=0.3, wall_factor=100)) as pool:
        looping, honest = run(
            pool, sample(source), sample(HEAD + "    def test_a(self): self.solution.add(1, 2)\n", index=1)
        )
    assert (looping.functional, honest.functional) == ("timeout", "passed")
    assert looping.usage.wall_s < 15  # half of what the clock alone would allow


def test_a_judge_that_computes_over_an_answer_is_ended_by_its_own_cpu_time():
    """The candidate only waits; the judge's regular expression holds all of its threads."""
    source = HEAD + (
        "    def test_words(self):\n        import re\n        self.assertTrue(re.fullmatch('(a+ ?)+', self.solution.f()))\n"
    )
    with SandboxPool(tier="landlock", limits=Limits(cpu_s=0.3, wall_factor=100)) as pool:
        (execution,) = run(pool, sample(source, "def f():\n    return 'a' * 60 + '!'\n"))
    assert execution.functional == "timeout"
    assert execution.usage.wall_s < 15


def test_a_judge_that_waits_for_ever_is_waited_for_no_longer_than_the_limit(pool):
    source = HEAD + "    def test_wait(self):\n        __import__('time').sleep(100)\n"
    (execution,) = run(pool, sample(source))
    assert execution.functional == "timeout"
    assert execution.usage.wall_s < 3 * 0.5 + 1.5
