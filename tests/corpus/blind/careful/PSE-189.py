"""Parse the questions of a DNS query that came from anybody."""

_HEADER = 12
_MAX_QUESTIONS = 32
_MAX_NAME = 255

_PLAIN = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
)
# What stands for each byte of a label.
_TEXT = tuple(chr(b) if b in _PLAIN else "\\%03d" % b for b in range(256))


def parse_query(packet: bytes) -> dict:
    """Return id, recursion_desired and questions of `packet`.

    Raises ValueError, and nothing else, for a packet that is not a query as
    described.  The time taken is linear in the size of the packet: every
    pointer in it is followed once only, however many questions use it.
    """
    packet = bytes(packet)
    if len(packet) < _HEADER:
        raise ValueError("packet is shorter than its header")
    ident = int.from_bytes(packet[0:2], "big")
    flags = int.from_bytes(packet[2:4], "big")
    count = int.from_bytes(packet[4:6], "big")
    if flags & 0x8000:
        raise ValueError("not a query but an answer")
    if flags & 0x7800:
        raise ValueError("unknown kind of request")
    if not 1 <= count <= _MAX_QUESTIONS:
        raise ValueError("number of questions out of range")

    questions = []
    ends: dict[int, int] = {}  # pointer -> the first non-pointer it leads to
    pos = _HEADER
    for _ in range(count):
        name, pos = _name(packet, pos, ends)
        if pos + 4 > len(packet):
            raise ValueError("packet ends within a question")
        questions.append(
            (
                name,
                int.from_bytes(packet[pos : pos + 2], "big"),
                int.from_bytes(packet[pos + 2 : pos + 4], "big"),
            )
        )
        pos += 4
    return {
        "id": ident,
        "recursion_desired": bool(flags & 0x0100),
        "questions": questions,
    }


def _name(packet: bytes, pos: int, ends: dict[int, int]) -> tuple[str, int]:
    """The name at `pos` as text, and where the packet goes on behind it."""
    labels = []
    after = None  # right behind the first pointer, once there was one
    size = 1  # the zero byte
    while True:
        if pos >= len(packet):
            raise ValueError("packet ends within a name")
        length = packet[pos]
        if length >= 0xC0:
            if after is None:
                after = pos + 2
            pos = _follow(packet, pos, ends)
            continue
        if length > 63:
            raise ValueError("unknown kind of label")
        pos += 1
        if length == 0:
            break
        # Every label counts, so going round in circles ends here, too.
        size += 1 + length
        if size > _MAX_NAME:
            raise ValueError("name is too long")
        label = packet[pos : pos + length]
        if len(label) < length:
            raise ValueError("packet ends within a label")
        labels.append("".join([_TEXT[byte] for byte in label]))
        pos += length
    return ".".join(labels) or ".", pos if after is None else after


def _follow(packet: bytes, pos: int, ends: dict[int, int]) -> int:
    """Where the pointer at `pos` leads to, by way of other pointers or not."""
    passed = []
    while packet[pos] >= 0xC0:
        if pos in ends:
            pos = ends[pos]
            break
        if pos + 2 > len(packet):
            raise ValueError("packet ends within a pointer")
        target = (packet[pos] & 0x3F) << 8 | packet[pos + 1]
        if not _HEADER <= target < pos:
            raise ValueError("pointer to a forbidden place")
        passed.append(pos)
        pos = target  # always further to the front, so this comes to an end
    for pointer in passed:
        ends[pointer] = pos
    return pos
