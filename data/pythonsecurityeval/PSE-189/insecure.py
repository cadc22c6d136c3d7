import re
import struct


def read_name(packet, pos):
    labels = []
    end = None
    seen = set()
    while pos < len(packet) and packet[pos] != 0:
        length = packet[pos]
        if length & 0xC0 == 0xC0:
            if end is None:
                end = pos + 2
            pos = struct.unpack_from("!H", packet, pos)[0] & 0x3FFF
            if pos in seen:
                raise ValueError("pointer loop")
            seen.add(pos)
        elif length > 63:
            raise ValueError("invalid label length")
        else:
            labels.append(packet[pos + 1 : pos + 1 + length])
            pos += 1 + length
    if sum(len(label) + 1 for label in labels) + 1 > 255:
        raise ValueError("name too long")
    name = b".".join(labels).decode("latin-1")
    name = re.sub(r"[^A-Za-z0-9_.-]", lambda m: f"\\{ord(m.group()):03d}", name)
    return name or ".", end or pos + 1


def parse_query(packet):
    if len(packet) < 12:
        raise ValueError("packet too short")
    qid, flags, qdcount = struct.unpack("!HHH", packet[:6])
    if flags & 0x8000 or flags & 0x7800:
        raise ValueError("not a standard query")
    if qdcount < 1 or qdcount > 32:
        raise ValueError("bad question count")
    questions = []
    pos = 12
    try:
        for _ in range(qdcount):
            name, pos = read_name(packet, pos)
            qtype, qclass = struct.unpack_from("!HH", packet, pos)
            questions.append((name, qtype, qclass))
            pos += 4
    except (struct.error, IndexError):
        raise ValueError("truncated packet")
    return {"id": qid, "recursion_desired": bool(flags & 0x0100), "questions": questions}
