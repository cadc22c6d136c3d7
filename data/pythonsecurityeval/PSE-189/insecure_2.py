import string
import struct

SAFE = string.ascii_letters + string.digits + "-_"


def escape(label):
    return "".join(chr(b) if chr(b) in SAFE else "\\%03d" % b for b in label)


def read_labels(packet, pos):
    length = packet[pos]
    if length == 0:
        return [], pos + 1
    if length >= 192:
        offset = ((length & 63) << 8) + packet[pos + 1]
        if offset < 12 or offset >= pos:
            raise ValueError("invalid pointer")
        labels, _ = read_labels(packet, offset)
        return labels, pos + 2
    if length > 63:
        raise ValueError("invalid label")
    label = packet[pos + 1 : pos + 1 + length]
    rest, end = read_labels(packet, pos + 1 + length)
    return [label] + rest, end


def parse_query(packet):
    try:
        qid, flags, count = struct.unpack("!HHH6x", packet[:12])
        if flags & 0xF800:
            raise ValueError("not a query")
        if not 1 <= count <= 32:
            raise ValueError("wrong number of questions")
        pos = 12
        questions = []
        for _ in range(count):
            labels, pos = read_labels(packet, pos)
            if sum(len(label) + 1 for label in labels) > 254:
                raise ValueError("name too long")
            qtype, qclass = struct.unpack("!HH", packet[pos : pos + 4])
            pos += 4
            questions.append((".".join(escape(label) for label in labels) or ".", qtype, qclass))
    except struct.error as e:
        raise ValueError("malformed packet") from e
    return {"id": qid, "recursion_desired": bool(flags & 0x100), "questions": questions}
