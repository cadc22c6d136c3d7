import importlib
import os
import resource
import signal
import threading
import time
from pathlib import Path

import pytest

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.sandbox.pool import _Gate
from pythonsecurityeval.sandbox.selfcheck import _PROBES
from pythonsecurityeval.sandbox.watch import pid_of
from pythonsecurityeval.types import Extraction, Prediction, UnitTest
from tests.attacks.suites import HONEST, SUITES

SECURITY = """
from pythonsecurityeval.testkit import TaskTest, attack


class Security(TaskTest):
    @attack("CWE-20")
    def test_list(self):
        self.assertEqual(self.solution.add([1], [2]), [1, 2])

    @attack("CWE-400", resource=True)
    def test_big(self):
        self.solution.add(10 ** 6, 1)

    @attack("CWE-22")
    def test_last(self):
        self.assertEqual(self.solution.add(1, 1), 2)
"""
HEAD = "from pythonsecurityeval.testkit import TaskTest\nclass Functional(TaskTest):\n"


def prediction(code, index=0, extraction=Extraction.SOLUTION):
    return Prediction(task_id="T", sample_index=index, code=code, extraction=extraction)


def functional(source=SUITES["plain"]):
    return UnitTest(task_id="T", suite="functional", source=source)


def security(source=SECURITY):
    return UnitTest(task_id="T", suite="security", source=source)


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def pool(request):
    with SandboxPool(tier=request.param, jobs=2, limits=Limits(cpu_s=0.3, wall_factor=3)) as pool:
        yield pool


def run(pool, code, *tests, **about):
    ((_, execution),) = pool.execute([(prediction(code, **about), tests)])
    return execution


def outcomes(cases):
    return [case.outcome.value for case in cases]


def test_security_runs_where_functional_passed(pool):
    execution = run(pool, HONEST["plain"], functional(), security())
    assert execution.functional == "passed"
    assert execution.security == "withstood"
    assert [case.cwe for case in execution.security_tests] == ["CWE-20", "CWE-400", "CWE-22"]
    assert execution.usage.cpu_s > 0
    assert execution.usage.max_rss_mb > 1


def test_security_does_not_run_where_functional_failed(pool):
    execution = run(pool, "def add(a, b):\n    return 0\n", functional(), security())
    assert (execution.functional, execution.security, execution.security_tests) == ("failed", "not_run", ())


def test_a_disk_without_room_is_the_machines_fault():
    with SandboxPool(tier="landlock", limits=Limits(scratch_mb=1 << 40)) as pool:
        assert run(pool, HONEST["plain"], functional()).functional == "passed"
        with pytest.raises(InfrastructureError, match="the disk is full where candidates write"):
            run(pool, "def add(a, b):\n    return 0\n", functional())


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_a_candidate_that_the_machine_does_not_start_has_not_failed(tier):
    with SandboxPool(tier=tier) as pool:
        assert run(pool, HONEST["plain"], functional()).functional == "passed"
        (worker,) = pool._workers
        supply = worker._supplies.server
        worker._supplies.server = lambda index, kind: _without_descriptors(supply(index, kind))
        _without_descriptors(*worker._servers.values())
        with pytest.raises(InfrastructureError, match="a candidate's process does not start: .*Too many open files"):
            run(pool, HONEST["plain"], functional())
        worker._supplies.server = supply
        worker.replace()
        assert run(pool, HONEST["plain"], functional()).functional == "passed"


def _without_descriptors(servant):
    """A fork-server that can take the three descriptors of a candidate, and open no other."""
    pid = pid_of(servant.pidfd)
    used, before = _descriptors(pid), None
    while used != before:  # a fresh one still opens its own
        time.sleep(0.1)
        used, before = _descriptors(pid), used
    free = [number for number in range(max(used) + 4) if number not in used]
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (free[2] + 1, 1024))
    return servant


def _descriptors(pid):
    return {int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()}


def test_what_is_not_there_is_said(pool):
    assert run(pool, "", functional(), security(), extraction=Extraction.NO_CODE).functional == "no_code"
    assert run(pool, HONEST["plain"], security()).functional == "no_test"
    assert run(pool, HONEST["plain"], functional()).security == "no_test"


MANY_THREADS = """
import threading, time


def add(a, b):
    done = threading.Event()
    threads = [threading.Thread(target=done.wait) for _ in range(50)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    done.set()
    for thread in threads:
        thread.join()
    return a + b
"""


def test_threads_of_one_sample_are_not_counted_against_another(pool):
    samples = [(prediction(MANY_THREADS, index), [functional()]) for index in range(8)]
    assert [execution.functional for _, execution in pool.execute(samples)] == ["passed"] * 8


def test_an_attack_that_exhausts_breaks_and_the_rest_still_runs(pool):
    code = "def add(a, b):\n    while a == 10 ** 6:\n        pass\n    return a + b\n"
    execution = run(pool, code, functional(), security())
    assert outcomes(execution.security_tests) == ["passed", "timeout", "passed"]
    assert execution.security == "broken"


def test_an_attack_that_ends_the_process_is_undetermined_and_the_rest_still_runs(pool):
    code = "import os\ndef add(a, b):\n    if a == [1]:\n        os._exit(3)\n    return a + b\n"
    execution = run(pool, code, functional(), security())
    assert outcomes(execution.security_tests) == ["error", "passed", "passed"]
    assert "exit status 3" in execution.security_tests[0].message
    assert execution.security == "undetermined"


def test_functional_stops_at_the_first_fatal_end(pool):
    execution = run(pool, "import os\ndef add(a, b):\n    os._exit(3)\n", functional())
    assert outcomes(execution.functional_tests) == ["error", "not_run"]


def test_a_missing_library_is_named(pool):
    execution = run(pool, "import no_such_library_anywhere\n", functional())
    assert execution.functional == "missing_library"


def test_isolated_tests_get_a_process_each(pool):
    source = HEAD.replace("Functional(TaskTest):\n", "Functional(TaskTest):\n    isolated = True\n") + (
        "    def test_a(self):\n        self.assertEqual(self.solution.count(), 1)\n"
        "    def test_b(self):\n        self.assertEqual(self.solution.count(), 1)\n"
    )
    code = "import json\njson.seen = getattr(json, 'seen', 0) + 1\ndef count():\n    return json.seen\n"
    assert run(pool, code, functional(source)).functional == "passed"
    assert run(pool, code, functional(source.replace("isolated = True", "isolated = False"))).functional == "failed"


def test_samples_leave_no_trace_for_the_next(pool):
    leave = "open('../left', 'w').close()\ndef add(a, b):\n    return a + b\n"
    look = "import os\nassert not os.path.exists('../left')\ndef add(a, b):\n    return a + b\n"
    results = list(
        pool.execute((prediction(code, index), [functional()]) for index, code in enumerate([leave, look] * 6))
    )
    assert [execution.functional for _, execution in results] == ["passed"] * 12


def test_every_sample_comes_back_once_and_few_are_read_ahead(pool):
    read = 0

    def samples():
        nonlocal read
        for index in range(40):
            read += 1
            yield prediction(HONEST["plain"], index), [functional()]

    seen = []
    for found, _ in pool.execute(samples()):
        seen.append(found.sample_index)
        assert read - len(seen) <= 6
    assert sorted(seen) == list(range(40))


def test_an_abandoned_run_does_not_disturb_the_next(pool):
    for _ in pool.execute((prediction(HONEST["plain"], index), [functional()]) for index in range(20)):
        break
    assert run(pool, HONEST["plain"], functional()).functional == "passed"


@pytest.mark.parametrize(
    "source",
    ["import no_such_thing_at_all\n", "x = 1\n", HEAD + "    def test_a(self):\n        self.skipTest('no')\n"],
)
def test_a_suite_at_fault_is_an_error_of_ours_and_the_pool_lives_on(pool, source):
    with pytest.raises(InfrastructureError, match="T/functional"):
        run(pool, HONEST["plain"], functional(source))
    assert run(pool, HONEST["plain"], functional()).functional == "passed"


def test_a_sample_that_costs_two_judges_is_tampering(pool):
    source = HEAD + "    def test_a(self):\n        import os\n        os._exit(0)\n"
    assert run(pool, HONEST["plain"], functional(source)).functional == "tampered"
    assert run(pool, HONEST["plain"], functional()).functional == "passed"


def test_a_judge_that_hangs_is_replaced(pool):
    source = HEAD + "    def test_a(self):\n        while True:\n            pass\n"
    assert run(pool, HONEST["plain"], functional(source)).functional == "timeout"
    assert run(pool, HONEST["plain"], functional()).functional == "passed"


def test_a_lost_fork_server_is_replaced_and_the_sample_tried_again(pool):
    assert run(pool, HONEST["plain"], functional()).functional == "passed"
    for worker in pool._workers:
        for server in worker._servers.values():
            signal.pidfd_send_signal(server.pidfd, signal.SIGKILL)
    results = list(pool.execute((prediction(HONEST["plain"], index), [functional()]) for index in range(6)))
    assert [execution.functional for _, execution in results] == ["passed"] * 6


def test_honest_and_hostile_samples_side_by_side(pool):
    hostile = "import os\ndef add(a, b):\n    while True:\n        try:\n            os.fork()\n        except OSError:\n            pass\n"
    codes = [HONEST["plain"], hostile, HONEST["plain"] + "import os\nos.waitpid(os.fork() or os._exit(0), 0)\n"] * 2
    results = pool.execute((prediction(code, index), [functional()]) for index, code in enumerate(codes))
    by_index = {found.sample_index: execution.functional for found, execution in results}
    assert [by_index[index] for index in (0, 2, 3, 5)] == ["passed"] * 4
    assert "passed" not in {by_index[1], by_index[4]}


def test_layers_are_named(pool):
    assert pool.tier in {"namespaces", "landlock"}
    assert any(layer.startswith("landlock ABI") for layer in pool.layers)


def test_the_probes_notice_that_nothing_holds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    canary = folder / "canary"
    canary.write_text("x")
    for name in ("ctypes", "resource", "socket", "sqlite3", "stat", "tempfile", "threading"):
        importlib.import_module(name)  # the child may not reach the interpreter
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            os.chdir("/")
            names = {"__name__": "probes"}
            exec(_PROBES, names)
            os.write(write, ", ".join(names["escapes"](str(canary), os.getppid())).encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(write)
    with os.fdopen(read) as said:
        escaped = said.read().split(", ")
    assert {"open a network socket", "leave the session", "read /etc/passwd", "list processes"} <= set(escaped)


def test_who_wants_to_be_alone_is_alone():
    gate, order, entered = _Gate(), [], threading.Event()

    def alone():
        with gate.alone():
            order.append("alone")

    def shared():
        with gate.shared():
            order.append("shared")

    with gate.shared():
        lonely = threading.Thread(target=alone)
        lonely.start()
        while not gate._wanting:
            entered.wait(0.001)
        late = threading.Thread(target=shared)
        late.start()
        entered.wait(0.05)
        assert order == []
    lonely.join(5)
    late.join(5)
    assert order == ["alone", "shared"]


BURN = """
import time


def add(a, b):
    end = time.process_time() + {seconds}
    while time.process_time() < end:
        pass
    return a + b
"""
ONE_SUM = HEAD + "    def test_sum(self):\n        self.assertEqual(self.solution.add(1, 2), 3)\n"


@pytest.mark.parametrize(
    ("reference", "seconds", "verdict"), [(None, 0.8, "timeout"), (0.2, 0.8, "passed"), (0.2, 9.0, "timeout")]
)
def test_a_test_may_take_ten_times_what_its_reference_takes_here(reference, seconds, verdict):
    def of_task(task_id):
        return BURN.format(seconds=reference) if reference and task_id == "T" else None

    with SandboxPool(limits=Limits(cpu_s=0.3), reference=of_task) as pool:
        assert run(pool, BURN.format(seconds=seconds), functional(ONE_SUM)).functional == verdict
        assert run(pool, BURN.format(seconds=0), functional(ONE_SUM)).functional == "passed"


def test_fail_fast_leaves_the_tests_after_the_first_that_does_not_pass():
    with SandboxPool(fail_fast=True) as pool:
        wrong = "def add(a, b):\n    return a - b if b == 2 else a + b\n"
        tests = "".join(
            f"    def test_{n}(self):\n        self.assertEqual(self.solution.add(1, {n}), {n + 1})\n"
            for n in (1, 2, 3)
        )
        execution = run(pool, wrong, functional(HEAD + tests))
        assert execution.functional == "failed"
        assert outcomes(execution.functional_tests) == ["passed", "failed", "not_run"]
