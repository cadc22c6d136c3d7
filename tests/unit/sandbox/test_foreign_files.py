"""What a foreign test file expects of a solution, and how its reports are read."""

import hashlib
import socket
import struct

import pytest

from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.sandbox.inprocess import names, rewrite
from pythonsecurityeval.sandbox.inprocess.grading import Hearing
from pythonsecurityeval.types import Extraction, Outcome, Prediction, UnitTest

HEAD = "import unittest\nfrom unittest.mock import patch\n"


@pytest.mark.parametrize(
    ("text", "modules", "missing"),
    [
        ("import your_module", ("your_module",), ()),
        ("from my_app import f", ("my_app",), ()),
        ("from yourmodule import f", ("yourmodule",), ()),
        ("from path_to_module import f", ("path_to_module",), ()),
        ("from mailer import f  # replace with your module", ("mailer",), ()),
        ("from mailer_of_ann import send_mail", ("mailer_of_ann",), ()),
        ("from no_such_library import Client\nsend()", (), ("no_such_library",)),
        ("from no_such_library import Client\nimport your_module", ("your_module",), ("no_such_library",)),
        ("@patch('__main__.f')\ndef test(): pass", ("__main__",), ()),
        ("import json, sqlite3, code, unittest", (), ()),
        ("import mysql.connector", (), ()),
    ],
)
def test_modules_that_stand_for_the_solution_are_known_by_rule(text, modules, missing):
    reading = names.read(HEAD + text)
    assert (reading.modules, reading.missing) == (modules, missing)


def test_names_that_nobody_defines_are_the_solutions_but_not_those_of_unittest():
    source = HEAD + "def test(a):\n    b = f(a, ANY, Mock(), len([c for c in a]))\n    return hashlib, b\n"
    assert names.read(source).free == {"f", "hashlib"}
    assert names.wanted(source) == ("f",)


def test_every_assertion_that_cannot_be_avoided_gets_a_mark():
    body = (
        "class T(unittest.TestCase):\n    def test_a(self):\n"
        "        self.assertEqual(f(), 1)\n"
        "        with patch('a.b') as c:\n            c.assert_called_once()\n"
        "        with self.assertRaises(ValueError):\n            f()\n            self.assertTrue(1)\n"
        "        if f():\n            self.assertEqual(f(), 1)\n"
        "        assert f() == 2\n"
        "        if f():\n            return\n        self.assertEqual(f(), 1)\n"
    )
    plan = rewrite.plan(names.read(HEAD + body))
    assert plan.tests == {"T.test_a": ((0, True), (1, True), (2, False), (3, True))}


@pytest.fixture
def line():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ours, theirs


KEY = b"k" * 32


def report(number, *words, key=KEY):
    body = "\x1f".join(map(str, (number, *words))).encode()
    frame = hashlib.blake2b(body, key=key, digest_size=16).digest() + body
    return struct.pack("!I", len(frame)) + frame


@pytest.mark.parametrize(
    ("reports", "outcome"),
    [
        ([report(0, "step", 7, 1), report(1, "end", "passed", "")], Outcome.PASSED),
        ([report(0, "step", 3, 0), report(1, "step", 7, 2), report(2, "end", "passed", "")], Outcome.PASSED),
        ([report(0, "end", "passed", "")], Outcome.TAMPERED),
        ([report(0, "step", 7, 0), report(1, "end", "passed", "")], Outcome.TAMPERED),
        ([report(0, "step", 7, 1), report(2, "end", "passed", "")], Outcome.TAMPERED),
        ([report(0, "step", 7, 1), report(0, "step", 7, 1), report(1, "end", "passed", "")], Outcome.TAMPERED),
        ([report(0, "step", 7, 1), report(1, "end", "passed", "", key=b"x")], Outcome.TAMPERED),
        ([report(0, "end", "splendid", "")], Outcome.TAMPERED),
        ([report(0, "tampered", "why")], Outcome.TAMPERED),
        ([report(0, "end", "failed", "1 != 2")], Outcome.FAILED),
        ([b"\xff\xff\xff\xff"], Outcome.TAMPERED),
        ([report(0, "step", 7, 1)], Outcome.ERROR),
        ([], Outcome.ERROR),
    ],
)
def test_only_a_whole_signed_story_with_a_real_assertion_passes(line, reports, outcome):
    ours, theirs = line
    for one in reports:
        theirs.send(one)
    theirs.shutdown(socket.SHUT_WR)
    hearing = Hearing(ours, KEY, ((7, True),))
    while hearing.verdict is None:
        hearing.listen()
    assert hearing.verdict[0] is outcome


CASE = "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(), 1)\n"


@pytest.mark.parametrize(
    ("source", "code", "status"),
    [
        (CASE, "def f():\n    return 1\n", "passed"),
        (CASE, "def f():\n    return 2\n", "failed"),
        (CASE, "def f(:\n", "error"),
        (CASE, "import no_such_library\ndef f():\n    return 1\n", "missing_library"),
        ("import no_such_library\n" + CASE, "def f():\n    return 1\n", "missing_library"),
        ("def broken(:\n", "def f():\n    return 1\n", "no_test"),
        ("x = 1\n", "def f():\n    return 1\n", "no_test"),
        ("raise OSError\n" + CASE, "def f():\n    return 1\n", "not_run"),
        (
            CASE.replace("f(), 1", "f(), ANY"),
            "class A:\n    def __eq__(self, o): return True\nANY = A()\ndef f(): pass\n",
            "error",
        ),
        (CASE, "def f():\n    while True: pass\n", "timeout"),
    ],
)
def test_status_of_a_foreign_file(foreign_pool, source, code, status):
    test = UnitTest(task_id="T", suite="functional", source=source, integrity="in_process")
    prediction = Prediction(task_id="T", sample_index=0, code=code, extraction=Extraction.SOLUTION)
    ((_, execution),) = foreign_pool.execute([(prediction, [test])])
    assert (execution.functional, execution.security) == (status, "no_test"), execution


@pytest.fixture(scope="module")
def foreign_pool():
    with SandboxPool(tier="landlock", limits=Limits(cpu_s=0.5)) as pool:
        yield pool
