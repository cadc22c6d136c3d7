"""What a machine can do to a run: nothing is lost but what was in flight, nothing stays, `--resume` gives the same bytes.

The long version, with hundreds of faults: ``python -m benchmarks.faults --rounds 300``.
"""

import fcntl
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests_support import secure_rows

from benchmarks.breaking import FAULTS
from benchmarks.family import alive, descendants
from benchmarks.faults import break_runs
from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest

TASKS = "PSE-1[0-4]*"
PSE_SCORE = str(Path(sys.executable).with_name("pse-score"))
JUMPING = """
import itertools, sys, time
real, jumps = time.time, itertools.cycle([0, 86_400, -86_400, 1e9, -1e9])
time.time = lambda: max(0.0, real() + next(jumps))
time.time_ns = lambda: int(1e9 * time.time())
from pythonsecurityeval.cli import pse_score
pse_score()
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    import fnmatch
    import json

    path = tmp_path_factory.mktemp("faults") / "p.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in secure_rows() if fnmatch.fnmatch(r["task_id"], TASKS)))
    return path


@pytest.fixture(scope="module")
def undisturbed(rows):
    out = rows.with_name("whole")
    subprocess.run(command(rows, out), check=True, timeout=120, stdout=subprocess.DEVNULL)
    return (out / "canonical.jsonl").read_bytes()


def command(rows, out, *options):
    return [PSE_SCORE, str(rows), "--tasks", TASKS, "--quiet", "--resume", "--out", str(out), *options]


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def rows_in(out):
    results = out / "results.jsonl"
    return results.read_bytes().count(b"\n") if results.exists() else 0


def test_faults_at_random_moments():
    trouble = break_runs(len(FAULTS), seed=20, show=print)
    assert trouble.said == []
    assert trouble.lost == trouble.left == 0
    assert trouble.finished


@pytest.mark.parametrize("end", ["reader leaves", "SIGTERM"])
def test_output_that_nobody_reads_holds_up_no_result(rows, undisturbed, tmp_path, end):
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(command(rows, tmp_path / "out", "--json"), stdout=writing, stderr=subprocess.DEVNULL)
    os.close(writing)
    wait_until(lambda: (tmp_path / "out/canonical.jsonl").exists())
    assert (tmp_path / "out/canonical.jsonl").read_bytes() == undisturbed
    wait_until(lambda: not descendants(process.pid))
    time.sleep(0.2)
    assert process.poll() is None  # it waits for its reader
    if end == "SIGTERM":
        process.terminate()
    os.close(reading)
    assert process.wait(20) == (143 if end == "SIGTERM" else 0)


def on_a_terminal(arguments, hangup=signal.SIG_DFL):
    """The process, and the terminal's other end; progress is shown."""
    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGHUP, hangup)
        os.execv(PSE_SCORE, [arg for arg in arguments if arg != "--quiet"])
    return pid, terminal


@pytest.mark.parametrize("moment", range(4))
def test_a_closed_terminal_ends_the_run_in_order(rows, undisturbed, tmp_path, moment):
    pid, terminal = on_a_terminal(command(rows, tmp_path / "out"))
    wait_until(lambda: rows_in(tmp_path / "out") >= 1 + moment)
    time.sleep(0.03 * moment)  # the bar is drawn ten times a second: at some moment by it, at some by the signal
    family, kept = descendants(pid), rows_in(tmp_path / "out")
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 129
    wait_until(lambda: not any(map(alive, family)), 10)
    assert rows_in(tmp_path / "out") >= kept
    if moment == 0:
        subprocess.run(command(rows, tmp_path / "out"), check=True, timeout=120, stdout=subprocess.DEVNULL)
        assert (tmp_path / "out/canonical.jsonl").read_bytes() == undisturbed


def test_a_closed_terminal_of_which_no_signal_tells_ends_with_the_same_code(rows, undisturbed, tmp_path):
    """As after ``trap '' HUP``: the run is finished, but nobody saw the table."""
    pid, terminal = on_a_terminal(command(rows, tmp_path / "out"), signal.SIG_IGN)
    wait_until(lambda: rows_in(tmp_path / "out") >= 2)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 129
    assert (tmp_path / "out/canonical.jsonl").read_bytes() == undisturbed


@pytest.mark.parametrize("left", ["stdout", "stderr"])
def test_a_reader_that_leaves_early_costs_neither_a_result_nor_the_exit_code(rows, undisturbed, tmp_path, left):
    reading, writing = os.pipe()
    os.close(reading)
    arguments = [arg for arg in command(rows, tmp_path / "out") if arg != "--quiet"]
    with open(writing, "wb") as nobody:
        outputs = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, left: nobody}
        assert subprocess.run(arguments, timeout=120, check=False, **outputs).returncode == 0
    assert (tmp_path / "out/canonical.jsonl").read_bytes() == undisturbed


def test_a_clock_that_jumps_changes_nothing(rows, undisturbed, tmp_path):
    arguments = command(rows, tmp_path / "out")[1:]
    subprocess.run([sys.executable, "-c", JUMPING, *arguments], check=True, timeout=120, stdout=subprocess.DEVNULL)
    assert (tmp_path / "out/canonical.jsonl").read_bytes() == undisturbed


def test_a_candidate_that_somebody_else_kills_is_run_again():
    source = (
        "from pythonsecurityeval.testkit import TaskTest\n\n\nclass Functional(TaskTest):\n"
        "    def test_waits(self):\n        self.assertEqual(self.solution.wait(), 1)\n"
    )
    code = "import time\ndef wait():\n    time.sleep(0.5)\n    return 1\n"
    test = UnitTest(task_id="PSE-000", suite="functional", source=source)
    sample = Prediction(task_id="PSE-000", sample_index=0, code=code, extraction=Extraction.SOLUTION), [test]
    with SandboxPool(limits=Limits()) as pool:
        worker = pool._workers[0]
        killed = []

        def kill():
            wait_until(lambda: worker._tree is not None and worker._tree.cpu() > 0)
            killed.append(worker._tree.pid)
            os.kill(worker._tree.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        [(_, execution)] = pool.execute([sample])
        killer.join()
    assert killed
    assert execution.functional == "passed", execution


def test_a_machine_that_opens_no_files_is_told_in_a_line():
    script = (
        "import resource\nfrom pythonsecurityeval.cli import pse_score\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\npse_score()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert done.stderr.startswith("pse-score: this machine fails: [Errno 24] Too many open files")
    assert len(done.stderr.splitlines()) == 1
