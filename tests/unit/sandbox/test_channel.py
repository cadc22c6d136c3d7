# ruff: noqa: PTH208 - descriptors
import os
import socket
import struct

import pytest

from pythonsecurityeval.sandbox.channel import Channel, Gone


@pytest.fixture
def ends():
    ours, theirs = Channel.pair(limit=1 << 20)
    other = Channel(theirs)
    yield ours, other
    ours.close()
    other.close()


def test_messages_and_descriptors_arrive(ends):
    ours, other = ends
    read, write = os.pipe()
    ours.send({"op": "x", "text": "é" * 5_000}, [write])
    message, descriptors = other.receive(5)
    assert message == {"op": "x", "text": "é" * 5_000}
    os.write(descriptors[0], b"!")
    assert os.read(read, 1) == b"!"
    for descriptor in (read, write, *descriptors):
        os.close(descriptor)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0",
        struct.pack("!I", 1 << 30),
        struct.pack("!I", 2) + b"[]",
        struct.pack("!I", 3) + b"nan",
        struct.pack("!I", 200_000) + b"[" * 200_000,
        struct.pack("!I", 10) + b"{}",
    ],
)
def test_whoever_breaks_a_rule_is_gone(ends, raw):
    ours, other = ends
    other.socket.settimeout(5)
    other.socket.sendall(raw)
    if len(raw) < 14:
        other.socket.shutdown(socket.SHUT_WR)
    with pytest.raises(Gone):
        ours.receive(2)


def test_a_slow_peer_is_gone(ends):
    ours, other = ends
    other.socket.sendall(b"\0")
    with pytest.raises(Gone):
        ours.receive(0.05)


def test_descriptors_of_a_judge_are_dropped(ends):
    ours, other = ends
    ours.refuse_descriptors()
    before = len(os.listdir("/proc/self/fd"))
    other.send({}, [0, 1, 2])
    assert ours.receive(5) == ({}, [])
    assert len(os.listdir("/proc/self/fd")) == before
