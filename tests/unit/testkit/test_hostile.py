"""Attacks on the wire: none passes, none takes the judge down."""

from __future__ import annotations

import pytest

#: Reaches the agent's own objects, as a candidate can.
REACH = """
import gc, os, socket, struct, sys, json, time
from pythonsecurityeval.testkit.inside import agent, wire, line, faults, values
def rpc():
    import inspect
    f = sys._getframe()
    while f:
        if f.f_code.co_name == "serve" and "rpc" in f.f_locals: return f.f_locals["rpc"]
        f = f.f_back
def raw(b): rpc().sendall(struct.pack("!I", len(b)) + b)
def ask(q, a, i=1):
    s = line.JUDGE.line._open(); wire.send(s, {"i": i, "q": q, "a": a}); return wire.receive(s)
def hand(head, kind=socket.SOCK_STREAM):
    a, b = socket.socketpair(socket.AF_UNIX, kind); line.JUDGE.line._ctl.sendmsg([head], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", b.fileno()))]); return a
"""

#: What the candidate does when it is asked for 42, and how that may end.
ATTACKS = {
    "equal_to_everything": (
        "class E:\n    def __eq__(s, o): return True\n    def __hash__(s): return 42\ndef f(): return E()",
        "failed",
    ),
    "int_equal_to_everything": ("class I(int):\n    def __eq__(s, o): return True\ndef f(): return I(7)", "failed"),
    "skip_the_test": ("import unittest\ndef f(): raise unittest.SkipTest('x')", "failed"),
    "raise_assertion": ("def f(): raise AssertionError", "failed"),
    "sys_exit": ("import sys\ndef f(): sys.exit(0)", "failed"),
    "os_exit": ("import os\ndef f(): os._exit(0)", "error"),
    "kill_itself": ("import os\ndef f(): os.kill(os.getpid(), 9)", "error"),
    "close_every_descriptor": ("import os\ndef f():\n    os.closerange(3, 4096)\n    return 42", "error"),
    "answer_for_the_call": (
        REACH + "def f():\n    raw(json.dumps({'i': 2, 'r': 42}).encode())\n    os._exit(0)",
        "tampered",
    ),
    "answer_twice": (REACH + 'def f():\n    raw(b\'{"i":3,"r":42}\')\n    return 42', "passed_then_tampered"),
    "answer_the_next_call": (REACH + 'def f():\n    raw(b\'{"i":4,"r":42}\')\n    return 7', "tampered"),
    "write_to_every_descriptor": (
        REACH + "def f():\n"
        "    b = json.dumps({'i': 9, 'r': 42}).encode()\n"
        "    for fd in range(3, 256):\n"
        "        try: os.write(fd, struct.pack('!I', len(b)) + b)\n"
        "        except OSError: pass\n"
        "    return 7",
        "tampered",
    ),
    "unknown_tag": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"eval","v":"1"}}\')\n    return 7', "tampered"),
    "tag_of_the_judge": (
        REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"cls","v":"os:system"}}\')\n    return 7',
        "tampered",
    ),
    "callback_tag": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"cb","v":1}}\')\n    return 7', "tampered"),
    "forged_handle": (
        REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"h","v":"x","n":"y"}}\')\n    return 7',
        "tampered",
    ),
    "handle_without_name": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"h","v":1}}\')\n    return 7', "tampered"),
    "tag_without_value": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"b"}}\')\n    return 7', "tampered"),
    "tag_that_is_no_string": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":[],"v":1}}\')\n    return 7', "tampered"),
    "set_of_lists": (REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"S","v":[[]]}}\')\n    return 7', "tampered"),
    "decimal_of_a_billion_digits": (
        REACH + 'def f():\n    raw(b\'{"i":3,"r":{"t":"dec","v":"1e999999999"}}\')\n    return 7',
        "tampered",
    ),
    "number_of_many_digits": (
        REACH + "def f():\n    raw(b'{\"i\":3,\"r\":' + b'9' * 99999 + b'}')\n    return 7",
        "tampered",
    ),
    "deep_json": (REACH + "def f():\n    raw(b'[' * 200000)\n    return 7", "tampered"),
    "deep_value": (
        REACH + "def f():\n    raw(b'{\"i\":3,\"r\":' + b'[' * 500 + b']' * 500 + b'}')\n    return 7",
        "tampered",
    ),
    "many_lists": (
        REACH + "def f():\n    raw(b'{\"i\":3,\"r\":[' + b'[],' * 2000000 + b'1]}')\n    return 7",
        "tampered",
    ),
    "huge_frame": (REACH + "def f():\n    rpc().sendall(struct.pack('!I', 2**32 - 1))\n    return 7", "tampered"),
    "not_json": (REACH + "def f():\n    raw(b'hello')\n    return 7", "tampered"),
    "not_an_object": (REACH + "def f():\n    raw(b'[42]')\n    return 7", "tampered"),
    "value_and_error": (REACH + 'def f():\n    raw(b\'{"i":3,"r":42,"e":{}}\')\n    return 7', "tampered"),
    "error_without_kinds": (REACH + 'def f():\n    raw(b\'{"i":3,"e":{"mro":[]}}\')\n    return 7', "tampered"),
    "kinds_that_are_no_names": (REACH + 'def f():\n    raw(b\'{"i":3,"e":{"mro":[1]}}\')\n    return 7', "tampered"),
    "logs_of_another_shape": (REACH + 'def f():\n    raw(b\'{"i":3,"r":42,"l":[1]}\')\n    return 7', "tampered"),
    "more_keys": (REACH + 'def f():\n    raw(b\'{"i":3,"r":42,"verdict":"passed"}\')\n    return 7', "tampered"),
    "claim_a_fault_of_the_kit": (REACH + "def f():\n    faults.noted.append('x')\n    return 42", "error"),
    "half_a_frame": (REACH + "def f():\n    rpc().sendall(struct.pack('!I', 99) + b'abc')\n    os._exit(0)", "error"),
    "unknown_request": (REACH + "def f():\n    ask('eval', ['1'])\n    return 42", "ended"),
    "request_out_of_order": (REACH + "def f():\n    ask('resolve', ['a'], i=5)\n    return 42", "ended"),
    "dunder_of_a_double": (REACH + "def f():\n    ask('__class__', [])\n    return 42", "ended"),
    "request_with_more_keys": (
        REACH
        + "def f():\n    s = line.JUDGE.line._open(); wire.send(s, {'i': 1, 'q': 'resolve', 'a': ['a'], 'x': 1}); s.recv(1)\n    return 42",
        "ended",
    ),
    "callback_with_strange_keywords": (
        REACH + "def f():\n    ask('callback', [1, [], {'t': 'D', 'v': [[1, 2]]}])\n    return 42",
        "ended",
    ),
    "shell_with_strange_arguments": (
        REACH + "def f():\n    ask('shell', [[1], False, '', '', {'t': 'D', 'v': []}])\n    return 42",
        "ended",
    ),
    "which_of_an_object": (REACH + "def f():\n    ask('which', [{'t': 'D', 'v': []}, False])\n    return 42", "ended"),
    "stream_without_purpose": (REACH + 'def f():\n    hand(b\'{"k":"root"}\').recv(1)\n    return 42', "ended"),
    "stream_with_a_head_that_is_no_json": (REACH + "def f():\n    hand(b'hello').recv(1)\n    return 42", "ended"),
    "stream_with_a_long_head": (REACH + "def f():\n    hand(b'x' * 9000).recv(1)\n    return 42", "ended"),
    "stream_that_is_a_file": (
        REACH
        + "def f():\n    socket.send_fds(line.JUDGE.line._ctl, [b'{}'], [os.open('x', os.O_CREAT | os.O_RDWR)]); time.sleep(.1)\n    return 42",
        "ended",
    ),
    "no_stream_at_all": (
        REACH + 'def f():\n    line.JUDGE.line._ctl.send(b\'{"k":"rpc"}\'); time.sleep(.1)\n    return 42',
        "ended",
    ),
    "many_streams": (
        REACH + "def f():\n"
        "    keep = []\n"
        '    for _ in range(300): keep.append(hand(b\'{"k":"rpc"}\'))\n'
        "    time.sleep(.2); return 42",
        "ended",
    ),
    "datagram_without_address": (
        REACH
        + 'def f():\n    hand(b\'{"k":"udp","port":0}\', socket.SOCK_SEQPACKET).send(b\'\\xff\'); time.sleep(.1)\n    return 42',
        "ended",
    ),
    "fork_that_comes_home": ("import os\ndef f(): return 42 if os.fork() else 7", "passed"),
    "never_returns": ("def f():\n    while True: pass", "timeout"),
    "import_error_at_load": ("raise SystemExit(0)\ndef f(): return 42", "error"),
    "dies_at_load": ("import os\nos._exit(0)", "error"),
    "no_memory": ("def f(): raise MemoryError", "out_of_memory"),
    "no_library": ("import no_such_library_at_all", "missing_library"),
    "claims_a_library_is_missing": ("def f(): raise ModuleNotFoundError('x', name='json')", "failed"),
    "bad_syntax": ("def f(:", "error"),
    "null_byte": ("def f(): return 42\0", "error"),
}

WANTED = {"ended": {"tampered"}, "passed_then_tampered": {"passed"}}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(attempt, name):
    solution, end = ATTACKS[name]
    result = attempt(solution, "self.assertEqual(self.solution.f(), 42)", ["net", "shell"], seconds=2)
    assert result.outcome.value in WANTED.get(end, {end}), result
    assert result.message.isprintable()
    assert len(result.message) <= 500


@pytest.mark.parametrize(
    "name", [n for n, (_, end) in ATTACKS.items() if end not in {"passed", "passed_then_tampered"}]
)
def test_attack_under_attempt_never_counts_as_withstood(attempt, name):
    result = attempt(
        ATTACKS[name][0],
        "value, error = self.attempt(self.solution.f)\nself.assertTrue(value == 42 or (error and error.is_a('Nope')))",
        ["net", "shell"],
        seconds=2,
    )
    assert result.outcome.value != "passed", result


def test_an_answer_too_many_is_found_by_the_next_question(attempt):
    result = attempt(
        ATTACKS["answer_twice"][0], "self.solution.f()\nself.assertEqual(self.solution.f(), 42)", ["net"], seconds=2
    )
    assert result.outcome.value == "tampered"


def test_a_message_cannot_carry_control_characters_addresses_or_paths(attempt):
    result = attempt(
        "import os\ndef f(): raise ValueError('\\x1b[31m\\n\\u202e\\ud800' + os.getcwd() + repr(object()) + 'x' * 9999)",
        "self.solution.f()",
    )
    assert result.outcome.value == "failed"
    assert result.message.startswith("ValueError: [31m <scratch><object object at 0x…>xxx")
    assert result.message.isprintable()
    assert "/tmp" not in result.message
    assert len(result.message) == 500
