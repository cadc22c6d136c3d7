import string
import struct

PLAIN = frozenset((string.ascii_letters + string.digits + "-_").encode())
HEADER = struct.Struct("!6H")
KIND = struct.Struct("!HH")


def text(label):
    return "".join(chr(byte) if byte in PLAIN else f"\\{byte:03d}" for byte in label)


def read_name(packet, cursor):
    """The name that begins at `cursor`, and the offset behind it."""
    labels = []
    size = 1
    behind = None
    while length := packet[cursor]:
        if length >= 0xC0:
            target = (length & 0x3F) << 8 | packet[cursor + 1]
            if not HEADER.size <= target < cursor:
                raise ValueError("pointer that does not lead back")
            behind = behind or cursor + 2
            cursor = target
            continue
        label = packet[cursor + 1 : cursor + 1 + length]
        size += 1 + length
        if length > 63 or len(label) < length or size > 255:
            raise ValueError("bad length in a name")
        labels.append(text(label))
        cursor += 1 + length
    return ".".join(labels) or ".", behind or cursor + 1


def parse_query(packet):
    try:
        ident, flags, count, *_ = HEADER.unpack_from(packet)
        if flags & 0xF800 or not 1 <= count <= 32:
            raise ValueError("not a query that we take")
        questions = []
        cursor = HEADER.size
        for _ in range(count):
            name, cursor = read_name(packet, cursor)
            questions.append((name, *KIND.unpack_from(packet, cursor)))
            cursor += KIND.size
    except (IndexError, struct.error) as error:
        raise ValueError("packet ends too early") from error
    return {"id": ident, "recursion_desired": bool(flags & 0x0100), "questions": questions}
