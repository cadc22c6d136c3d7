"""What the shell that starts us limits, ignores or blocks is no part of a verdict; hard limits are refused."""

import signal
import subprocess
import sys

import pytest

SCORE = """
import resource, signal, sys
from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox import SandboxPool
from pythonsecurityeval.types import Extraction, Prediction

task, tier, kind, soft, hard = sys.argv[1:]
code = full().references(task)[0].code
sample = Prediction(task_id=task, sample_index=0, code=code, extraction=Extraction.SOLUTION)
if kind == "ignored":
    signal.signal(int(soft), signal.SIG_IGN)
elif kind == "blocked":
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
elif kind:
    own = resource.getrlimit(getattr(resource, kind))
    wanted = (int(soft), int(hard) if hard else own[1])
    resource.setrlimit(getattr(resource, kind), wanted)
try:
    with SandboxPool(tier=tier) as pool:
        for _, found in pool.execute([(sample, full().unit_tests(task))]):
            print(found.functional, found.security)
except InfrastructureError as error:
    print(error)
"""
FILES = "PSE-077"  # tables in files of 8 KB and more, made by the judge
TIERS = ("namespaces", "landlock")


def score(tier, kind="", soft=0, hard=""):
    command = [sys.executable, "-c", SCORE, FILES, tier, kind, str(soft), str(hard)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    ("kind", "soft"),
    [
        ("RLIMIT_FSIZE", 4096),
        ("RLIMIT_NOFILE", 40),
        ("RLIMIT_DATA", 600 << 20),
        ("RLIMIT_STACK", 256 << 10),
        ("RLIMIT_AS", 3 << 30),
        ("RLIMIT_NPROC", 200),
    ],
)
def test_a_soft_limit_changes_no_verdict(tier, kind, soft):
    assert score(tier, kind, soft) == "passed withstood"


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("number", [signal.SIGCHLD, signal.SIGALRM, signal.SIGTERM])
def test_a_signal_that_is_ignored_changes_no_verdict(tier, number):
    assert score(tier, "ignored", int(number)) == "passed withstood"


@pytest.mark.parametrize("tier", TIERS)
def test_signals_that_are_blocked_change_no_verdict(tier):
    assert score(tier, "blocked") == "passed withstood"


@pytest.mark.parametrize(
    ("kind", "hard", "message"),
    [
        ("RLIMIT_FSIZE", 8 << 20, "a limit of this machine would change verdicts: file size 8388608, and 16777216 are needed; see ulimit -f"),
        ("RLIMIT_NOFILE", 512, "a limit of this machine would change verdicts: open files 512, and 1024 are needed; see ulimit -n"),
        ("RLIMIT_STACK", 1 << 20, "a limit of this machine would change verdicts: stack size 1048576, and 8388608 are needed; see ulimit -s"),
    ],
)  # fmt: skip
def test_a_hard_limit_below_what_is_needed_is_the_machines_fault(kind, hard, message):
    assert score("auto", kind, hard, hard) == message


@pytest.mark.parametrize("tier", TIERS)
def test_a_hard_limit_above_what_is_needed_is_none(tier):
    assert score(tier, "RLIMIT_FSIZE", 32 << 20, 32 << 20) == "passed withstood"
