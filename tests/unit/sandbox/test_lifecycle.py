"""Whatever ends the parent, no process and no folder is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.attacks.outside import descendants
from tests.attacks.suites import SUITES

PROGRAM = """
import sys
from pythonsecurityeval.sandbox import SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest

CODE = '''
import os, signal, time
def add(a, b):
    if os.fork() == 0:
        if os.fork() == 0:
            for number in range(1, 64):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
        while True:
            time.sleep(1)
    open("ready", "w").close()
    while True:
        time.sleep(1)
'''
sample = Prediction(task_id="T", sample_index=0, code=CODE, extraction=Extraction.SOLUTION)
with SandboxPool(tier=sys.argv[1]) as pool:
    print("ready", flush=True)
    list(pool.execute([(sample, [UnitTest(task_id="T", suite="functional", source=sys.argv[2])])]))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_nothing_outlives_the_parent(tier, number, tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    others = set(descendants())
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, tier, SUITES["plain"]], env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
    with process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.4)
        started = set(descendants()) - others
        assert len(started) >= 6
        process.send_signal(number)
        process.wait(20)
    end = time.monotonic() + 6
    while alive(started) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(started)
    assert not list(tmp_path.glob("pse-*"))


def alive(pids):
    return {pid for pid in pids if Path(f"/proc/{pid}/stat").exists()}
