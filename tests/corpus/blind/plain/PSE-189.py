import string
import struct

_HEADER = 12
_MAX_QUESTIONS = 32
_MAX_NAME = 255
_PLAIN = (string.ascii_letters + string.digits + "-_").encode("ascii")
_TEXT = [chr(b) if b in _PLAIN else f"\\{b:03d}" for b in range(256)]


def parse_query(packet: bytes) -> dict:
    """Take a DNS query apart; ValueError for whatever is not one of ours."""
    if len(packet) < _HEADER:
        raise ValueError("packet too short")
    ident, flags, count = struct.unpack_from(">HHH", packet)
    if flags & 0xF800:
        raise ValueError("not a standard query")
    if not 1 <= count <= _MAX_QUESTIONS:
        raise ValueError("bad number of questions")

    questions = []
    pos = _HEADER
    for _ in range(count):
        name, pos = _parse_name(packet, pos)
        if pos + 4 > len(packet):
            raise ValueError("packet ends in a question")
        qtype, qclass = struct.unpack_from(">HH", packet, pos)
        pos += 4
        questions.append((name, qtype, qclass))
    return {
        "id": ident,
        "recursion_desired": bool(flags & 0x0100),
        "questions": questions,
    }


def _parse_name(packet: bytes, pos: int) -> tuple[str, int]:
    """The name at `pos` as text, and where the packet goes on behind it."""
    labels = []
    length = 1  # the closing zero byte
    after = None  # behind the first pointer
    # This ends: pointers only lead backwards, and labels make the name longer.
    while True:
        if pos >= len(packet):
            raise ValueError("packet ends in a name")
        size = packet[pos]
        if size == 0:
            pos += 1
            break
        if size >= 0xC0:
            if pos + 2 > len(packet):
                raise ValueError("packet ends in a pointer")
            target = (size & 0x3F) << 8 | packet[pos + 1]
            if not _HEADER <= target < pos:
                raise ValueError("bad pointer")
            if after is None:
                after = pos + 2
            pos = target
            continue
        if size > 63:
            raise ValueError("bad label length")
        length += 1 + size
        if length > _MAX_NAME:
            raise ValueError("name too long")
        label = packet[pos + 1 : pos + 1 + size]
        if len(label) < size:
            raise ValueError("packet ends in a label")
        labels.append("".join(_TEXT[b] for b in label))
        pos += 1 + size
    return ".".join(labels) or ".", pos if after is None else after
