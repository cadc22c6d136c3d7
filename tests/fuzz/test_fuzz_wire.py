"""What candidates and judges say to each other: any bytes are a clean value of the closed list, or the rules are broken."""

import contextlib
import datetime
import decimal
import io
import json
import pathlib
import socket
import struct
import uuid

from hypothesis import given
from hypothesis import strategies as st
from strategies_for_fuzzing import FUZZ, JSON, NUMBERS, SCALARS, TEXTS, changed, objects

from pythonsecurityeval.sandbox.channel import Channel, Gone
from pythonsecurityeval.sandbox.claims import case_of, verdict_of
from pythonsecurityeval.testkit.inside import datagram, values, wire
from pythonsecurityeval.testkit.judge.desk import Desk
from pythonsecurityeval.testkit.judge.link import Link
from pythonsecurityeval.testkit.judge.values import Handle, SolutionError, Values
from pythonsecurityeval.testkit.judge.views import Response

ASCII = st.characters(codec="ascii")
CLOSED_LIST = {
    type(None), bool, int, float, str, bytes, list, tuple, set, frozenset, dict, decimal.Decimal, datetime.datetime, datetime.date,
    datetime.time, datetime.timedelta, uuid.UUID, pathlib.PurePosixPath, Handle,
}  # fmt: skip


def check_plain(value):
    pending = [value]
    while pending:
        value = pending.pop()
        assert type(value) in CLOSED_LIST, type(value)
        if type(value) is dict:
            pending += [*value, *value.values()]
        elif type(value) in {list, tuple, set, frozenset}:
            pending += value


def kinds(value):
    """The classes in a value, as ``True == 1 == 1.0``."""
    if isinstance(value, dict):
        return [dict, *map(kinds, value), *map(kinds, value.values())]
    return [type(value), *map(kinds, value)] if isinstance(value, list | tuple) else type(value)


class Tape(io.BytesIO):
    """A channel to oneself."""

    sendall = io.BytesIO.write
    recv = io.BytesIO.read


def frame(body):
    return struct.pack("!I", len(body)) + body


@FUZZ
@given(JSON)
def test_a_value_is_of_the_closed_list_or_tampering(harmless, value):
    with harmless(), contextlib.suppress(wire.Tampered):
        check_plain(Values().claim(value))


@FUZZ
@given(changed(JSON.map(lambda value: frame(json.dumps(value).encode()))) | st.binary(max_size=60))
def test_any_bytes_are_a_frame_or_an_end(harmless, data):
    with harmless(), contextlib.suppress(wire.Closed):
        check_plain(Values().claim(wire.receive(Tape(data))))


ERRORS = objects(mro=st.lists(TEXTS, min_size=1, max_size=3), s=TEXTS, n=st.integers(0, 99), m=st.booleans())
ANSWERS = objects(i=st.just(0), r=JSON, o=TEXTS, x=TEXTS, l=st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=2), b=TEXTS) | (
    objects(i=st.just(0), e=ERRORS, o=TEXTS)
)  # fmt: skip


@FUZZ
@given(ANSWERS)
def test_an_answer_is_read_or_tampering(harmless, answer):
    link = Link.__new__(Link)
    link.desk, link._number = Desk(), 0
    with harmless(), contextlib.suppress(wire.Tampered):
        read = link._read(answer)
        check_plain(read.value)
        assert read.error is None or isinstance(read.error, SolutionError)
        assert all(type(text) is str for text in (read.stdout, read.stderr, *sum(read.logs, ())))


class Worlds:
    """Doubles that are known to nobody else."""

    def __getattr__(self, name):
        return lambda *args: check_plain(list(args))


class World:
    net = shell = Worlds()


REQUESTS = objects(
    i=st.just(1), q=st.sampled_from(["callback", "resolve", "silent", "which", "has", "shell", "exec", "__class__"]),
    a=st.lists(JSON | TEXTS | st.just({"t": "D", "v": []}) | st.lists(TEXTS), max_size=6),
)  # fmt: skip


@FUZZ
@given(REQUESTS)
def test_a_request_is_answered_or_tampering(harmless, request_):
    desk = Desk()
    desk.begin(World())
    desk.values.callbacks[1] = lambda *args, **kwargs: check_plain([args, kwargs])
    with harmless(), contextlib.suppress(wire.Tampered):
        answer = desk.answer(json.dumps(request_).encode(), 1)
        assert wire.pack(answer)
    assert not desk.broken


@FUZZ
@given(
    st.binary(max_size=80)
    | st.builds(
        lambda h, p, d: datagram.pack((h, p), d), st.text(ASCII, max_size=9), st.integers(0, 65535), st.binary()
    )
)
def test_a_datagram_has_an_address_or_is_none(harmless, packet):
    with harmless(), contextlib.suppress(struct.error, ValueError):
        (host, port), data = datagram.unpack(packet)
        assert (type(host), type(port), type(data)) == (str, int, bytes)


@FUZZ
@given(
    objects(
        status=st.integers(100, 599),
        body=st.binary(max_size=9),
        headers=st.lists(st.lists(TEXTS, min_size=2, max_size=2)),
    )
)
def test_a_claimed_response_is_one_or_an_error_of_the_test(told):
    with contextlib.suppress(TypeError, KeyError, ValueError, wire.Tampered):
        response = Response(told)
        assert (type(response.status), type(response.body), type(response.text)) == (int, bytes, str)
        with contextlib.suppress(Exception):  # a cookie that is none
            assert isinstance(response.cookies, dict)


# ---- the candidate's side: whatever a solution returns, the judge can read the answer


class Lies:
    """Every method that reading a value might call raises, or answers nonsense."""

    def __init__(self, kind):
        self.kind = kind

    @property
    def __class__(self):
        return self.kind

    def _no(self, *_):
        raise RuntimeError

    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __str__ = __repr__ = __int__ = __index__ = __float__ = (
        __getitem__
    ) = _no


def liar(base, value):
    """A value of a subclass whose every method lies."""

    def lie(self, *_):
        raise RuntimeError

    names = (
        "__eq__",
        "__hash__",
        "__iter__",
        "__len__",
        "__str__",
        "__repr__",
        "__int__",
        "__float__",
        "items",
        "copy",
        "__getitem__",
    )
    names += ("year", "date", "days", "utcoffset", "__format__", "__reduce__", "__getattribute__")
    return type("Liar", (base,), dict.fromkeys(names, lie))(value)


HOSTILE = st.recursive(
    SCALARS | st.binary(max_size=9) | st.decimals() | st.datetimes() | st.times() | st.timedeltas() | st.uuids()
    | st.sampled_from([int, str, dict, type(None)]).map(Lies)
    | st.builds(liar, st.just(int), st.integers()) | st.builds(liar, st.just(str), TEXTS) | st.builds(liar, st.just(bytes), st.binary(max_size=3))
    | st.builds(liar, st.just(float), st.floats()) | st.builds(liar, st.sampled_from([list, tuple]), st.lists(NUMBERS, max_size=3))
    | st.builds(liar, st.just(dict), st.dictionaries(TEXTS, NUMBERS, max_size=3)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | NUMBERS, inner, max_size=3) | st.builds(liar, st.just(list), st.lists(inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


@FUZZ
@given(HOSTILE)
def test_whatever_a_solution_returns_the_judge_can_read(value):
    told = values.Values(lambda *_: None, lambda *_: None).result(value)
    with contextlib.suppress(wire.Tampered):
        check_plain(Values().claim(json.loads(wire.pack(told)[4:])))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.datetimes().map(lambda t: t.replace(fold=0)) | st.dates() | st.times().map(lambda t: t.replace(fold=0))
    | st.timedeltas() | st.decimals(allow_nan=False) | st.uuids(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner) | st.sets(st.binary()),
    max_leaves=15,
)  # fmt: skip


@FUZZ
@given(PLAIN)
def test_values_go_to_the_solution_and_come_home(harmless, value):
    with harmless():
        there = values.Values(lambda *_: None, lambda *_: None)
        arrived = there.dec(json.loads(wire.pack(Values().enc(value))[4:]))
        home = Values().claim(json.loads(wire.pack(there.result(arrived))[4:]))
    assert home == value
    assert kinds(home) == kinds(value)


# ---- the parent's side: what the process that judges may say


@FUZZ
@given(changed(JSON.map(lambda value: frame(json.dumps({"a": value}).encode()))) | st.binary(max_size=60))
def test_the_parent_reads_an_object_or_hangs_up(data):
    channel, theirs = Channel.pair(limit=1 << 16, descriptors=0)
    with theirs, channel.socket, contextlib.suppress(Gone):
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        message, descriptors = channel.receive(5)
        assert (type(message), descriptors) == (dict, [])


@FUZZ
@given(
    objects(outcome=st.sampled_from(["passed", "failed", "PASSED", "tampered"]), message=TEXTS, closed=st.booleans())
)
def test_a_verdict_is_plain_and_bounded_or_the_judge_is_gone(harmless, answer):
    with harmless(), contextlib.suppress(Gone):
        outcome, message, closed = verdict_of(answer)
        assert outcome.value in {"passed", "failed", "tampered"}
        assert message.isprintable()
        assert len(message) <= 500
        assert type(closed) is bool


@FUZZ
@given(objects(name=TEXTS, cwe=TEXTS, resource=st.booleans(), isolated=st.booleans()))
def test_a_test_is_described_plainly_or_the_judge_is_gone(harmless, claim):
    with harmless(), contextlib.suppress(Gone):
        blank = case_of(claim).blank
        assert (blank.name + blank.cwe).isprintable()
        assert (type(blank.resource), blank.outcome.value) == (bool, "not_run")
