"""Frames and values: what may travel, and that nothing else can."""

from __future__ import annotations

import io
import socket
import struct
import tracemalloc

import pytest

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.values import Values


class Tape(io.BytesIO):
    """A channel to oneself."""

    sendall = io.BytesIO.write
    recv = io.BytesIO.read


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le", "utf-8-sig"])
def test_attack_another_encoding_is_tampering(encoding):
    with pytest.raises(wire.Tampered):
        wire.parse("[1]".encode(encoding))


def test_frames_are_bounded_before_they_are_read():
    with pytest.raises(wire.Tampered, match="bytes"):
        wire.receive(Tape(struct.pack("!I", wire.LIMIT + 1)))
    with pytest.raises(wire.Unsendable):
        wire.pack("x" * wire.LIMIT)

    def refuse(size: int) -> None:
        raise wire.Tampered(f"{size}")

    with pytest.raises(wire.Tampered, match="^7$"):
        wire.receive_body(Tape(struct.pack("!I", 7)), refuse)


def test_a_peer_that_is_gone_is_closed():
    ours, theirs = socket.socketpair()
    with ours:
        theirs.sendall(b"\0\0\0\x05ab")
        theirs.close()
        with pytest.raises(wire.Closed) as caught:
            wire.receive(ours)
        assert not isinstance(caught.value, wire.Tampered)


def test_depth_is_bounded_on_both_sides():
    value: object = 1
    for _ in range(wire.DEPTH):
        value = [value]
    codec = wire.Codec()
    assert codec.dec(codec.enc(value)) == value
    with pytest.raises(wire.Unsendable):
        codec.enc([value])
    with pytest.raises(wire.Tampered):
        codec.claim([value])


def test_no_object_of_a_stranger_is_made():
    for tag in ("re", "cls", "g", "cb", "o", "eval", None, 5):
        with pytest.raises(wire.Tampered):
            Values().claim({"t": tag, "v": "os:system"})


def test_a_large_integer_costs_no_quadratic_time():
    codec = wire.Codec()
    assert codec.dec(codec.enc(1 << 4_000_000)) == 1 << 4_000_000


@pytest.mark.parametrize("tag", ["S", "F", "D"])
def test_attack_colliding_hashes(tag):
    keys = [{"t": "i", "v": hex(k * ((1 << 61) - 1))} for k in range(1, 100_000)]
    with pytest.raises(wire.Tampered, match="hash"):
        Values().claim({"t": tag, "v": [[key, 0] for key in keys] if tag == "D" else keys})


def test_many_different_keys_are_no_collision():
    values = {*range(-1000, 1000), *map(str, range(1000)), *((k, k) for k in range(1000))}
    codec = Values()
    assert codec.claim(codec.enc(values)) == values
    assert codec.claim(codec.enc(dict.fromkeys(values, 1))) == dict.fromkeys(values, 1)


def test_attack_a_frame_in_pieces_of_one_byte_takes_no_more_room_than_it_has_bytes():
    class Drip:
        left = 300_000

        def recv(self, size):
            Drip.left -= 1
            return bytes([Drip.left % 251]) if Drip.left else b""

    tracemalloc.start()
    try:
        with pytest.raises(wire.Closed):
            wire.receive_body(Drip(), lambda size: None)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 2_000_000
