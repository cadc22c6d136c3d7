"""Reading a SQLite file whose newest pages still lie in its write-ahead log."""

from __future__ import annotations

import struct

_HEADER = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_MAGIC = (0x377F0682, 0x377F0683)
_LEGACY = b"\x01\x01"  # of bytes 18 and 19: not a write-ahead log


def merged(database: bytes, log: bytes) -> bytes:
    """The database with all committed pages of its log, in a form that can be read from memory.

    Frames count up to the last commit of the log's newest generation; checksums
    are not checked, since whoever can forge a frame can write the file itself.
    """
    pages = bytearray(database)
    if len(log) >= _HEADER.size and struct.unpack_from(">I", log)[0] in _MAGIC:
        _apply(pages, log)
    if len(pages) >= 20:  # noqa: PLR2004  the header reaches as far
        pages[18:20] = _LEGACY
    return bytes(pages)


def _apply(pages: bytearray, log: bytes) -> None:
    _, _, page_size, _, salt_1, salt_2, _, _ = _HEADER.unpack_from(log)
    if not 512 <= page_size <= 65536:  # noqa: PLR2004  what SQLite allows
        return
    waiting: list[tuple[int, int]] = []
    for start in range(_HEADER.size, len(log) - _FRAME.size - page_size + 1, _FRAME.size + page_size):
        number, pages_after, *salts = _FRAME.unpack_from(log, start)[:4]
        if salts != [salt_1, salt_2] or not 0 < number <= 1 << 20:
            return
        waiting.append((number, start + _FRAME.size))
        if pages_after:
            _commit(pages, log, waiting, page_size)
            del pages[min(pages_after, 1 << 20) * page_size :]
            waiting.clear()


def _commit(pages: bytearray, log: bytes, waiting: list[tuple[int, int]], page_size: int) -> None:
    for number, source in waiting:
        end = number * page_size
        if len(pages) < end <= (64 << 20):
            pages.extend(bytes(end - len(pages)))
        if end <= len(pages):
            pages[end - page_size : end] = log[source : source + page_size]
