"""The form of a datagram on the wire: the other side's address, then the data."""

from __future__ import annotations

import struct

_HEAD = struct.Struct("!BH")
_MOST = 65_507
_LONGEST_HOST = 255


def pack(address: tuple[str, int], data: bytes) -> bytes:
    """One packet.

    Raises:
        OSError: Too long for a datagram.
    """
    host = address[0].encode("idna" if not address[0].isascii() else "ascii")
    if len(data) > _MOST or len(host) > _LONGEST_HOST:
        raise OSError(90, "Message too long")
    return _HEAD.pack(len(host), address[1] & 0xFFFF) + host + data


def unpack(packet: bytes) -> tuple[tuple[str, int], bytes]:
    """Address and data of one packet.

    Raises:
        struct.error: It is too short.
        ValueError: Its address is not a name.
    """
    length, port = _HEAD.unpack_from(packet)
    start = _HEAD.size + length
    return (packet[_HEAD.size : start].decode("ascii"), port), packet[start:]
