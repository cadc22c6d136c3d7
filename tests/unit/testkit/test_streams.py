"""Streams of hostile candidates: bounded in number and room, and gone when their candidate is."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from pathlib import Path

import pytest

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.desk import Desk
from pythonsecurityeval.testkit.judge.streams import Streams


class Net:
    """Every address is served by one handler."""

    def __init__(self, handler) -> None:
        self.handler = handler

    def find(self, host, port):
        return self.handler if port == 80 else None

    def slow(self, host):
        return False


class World:
    shell = None

    def __init__(self, handler) -> None:
        self.net = Net(handler)


class Peer:
    """A candidate's end, and the judge's streams."""

    def __init__(self, handler=None) -> None:
        self.ctl, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.desk = Desk()
        self.tampered = threading.Event()
        self.streams = Streams(theirs, self.desk, self.tampered.set)
        self.desk.begin(World(handler))
        self.streams.begin()
        self.mine: list[socket.socket] = []

    def open(self, **head) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.ctl, [json.dumps(head).encode()], [theirs.fileno()])
        ours.settimeout(2)
        self.mine.append(ours)
        return ours

    def connect(self) -> socket.socket:
        sock = self.open(k="net", host="a.example", port=80)
        assert wire.receive(sock) == {"r": False}
        return sock

    def close(self) -> None:
        self.streams.close()
        for sock in (self.ctl, *self.mine):
            sock.close()


@pytest.fixture
def peer():
    peers = []

    def make(handler=None) -> Peer:
        peers.append(Peer(handler))
        return peers[-1]

    yield make
    for peer in peers:
        peer.close()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def read_on(sock, _) -> None:
    with sock:
        while sock.recv(100):
            pass


def test_threads_end_with_their_candidate(peer):
    before = threading.active_count()
    candidate = peer(read_on)
    for _ in range(10):
        candidate.open(k="rpc")
    candidate.connect()
    assert candidate.streams.close()
    assert threading.active_count() == before


def test_attack_keep_a_thread_of_the_judge_busy_beyond_the_end(peer):
    go_on = threading.Event()
    candidate = peer(lambda *_: go_on.wait(5))
    candidate.connect()
    started = time.monotonic()
    assert not candidate.streams.close()
    assert time.monotonic() - started < 1
    go_on.set()
    time.sleep(0.05)
    assert candidate.streams.close()


def test_attack_leave_streams_in_the_queue_when_the_candidate_ends(peer):
    candidate = peer()
    before = descriptors()
    with candidate.desk.lock, candidate.streams._changed:  # nothing can be adopted meanwhile
        for port in range(40):  # as many as the queue surely takes
            candidate.open(k="listen", port=port).close()
        closer = threading.Thread(target=candidate.streams.close)
        closer.start()
    closer.join()
    deadline = time.monotonic() + 2
    while descriptors() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert descriptors() <= before


def test_attack_open_more_streams_than_any_honest_one(peer):
    candidate = peer()
    for _ in range(64):
        candidate.open(k="rpc")
    time.sleep(0.1)
    assert not candidate.tampered.is_set()
    candidate.open(k="rpc")
    assert candidate.tampered.wait(2)
    assert "too many" in candidate.desk.tampered


def test_attack_keep_more_servers_than_any_honest_one(peer):
    candidate = peer()
    for port in range(64):
        assert wire.receive(candidate.open(k="listen", port=port)) == {"r": None}
    time.sleep(0.1)
    assert not candidate.tampered.is_set()
    candidate.open(k="listen", port=99)
    assert candidate.tampered.wait(2)


@pytest.mark.parametrize("error", [RuntimeError("can't start new thread"), MemoryError()])
def test_attack_leave_no_room_for_a_thread(peer, monkeypatch, error):
    candidate = peer()

    def start(_):
        raise error

    monkeypatch.setattr(threading.Thread, "start", start)
    sock = candidate.open(k="rpc")
    assert candidate.tampered.wait(2)
    assert sock.recv(1) == b""


def test_threads_of_streams_have_a_small_stack_and_no_others(peer, monkeypatch):
    candidate = peer()
    sizes = []
    real = threading.stack_size
    monkeypatch.setattr(threading, "stack_size", lambda *size: sizes.append(size) or real(*size))
    candidate.open(k="rpc")
    time.sleep(0.1)
    assert sizes == [(1 << 20,), (0,)]
    assert real() == 0


def test_connections_to_the_servers_of_a_test_end_with_it(peer):
    candidate = peer(read_on)
    sock, line = candidate.connect(), candidate.open(k="rpc")
    candidate.desk.begin(None)
    candidate.streams.end()
    assert sock.recv(1) == b""
    wire.send(line, {"i": 1, "q": "has", "a": ["x"]})
    assert wire.receive(line)["e"]["mro"][0] == "builtins.ConnectionRefusedError"


def test_attack_fill_the_queue_that_the_judge_dials_into(peer):
    candidate = peer()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(candidate.ctl, [b'{"k":"listen","port":80}'], [theirs.fileno()])
        assert wire.receive(ours) == {"r": None}
        with contextlib.suppress(BlockingIOError):
            while True:
                theirs.send(b"x" * 4096, socket.MSG_DONTWAIT)
        started = time.monotonic()
        with pytest.raises(OSError, match="temporarily"):
            candidate.streams.dial(80)
    assert time.monotonic() - started < 1
