import io
import re


class Packet(io.BytesIO):
    def take(self, count):
        data = self.read(count)
        if len(data) != count:
            raise ValueError("truncated")
        return data

    def number(self, size=2):
        return int.from_bytes(self.take(size), "big")

    def name(self):
        wire, resume = bytearray(), None
        while True:
            here = self.tell()
            match self.number(1) >> 6, self.seek(here):
                case 0, _:
                    length = self.number(1)
                    wire.append(length)
                    wire += self.take(length)
                    if len(wire) > 255:
                        raise ValueError("name too long")
                    if length == 0:
                        break
                case 3, _:
                    offset = self.number() - 0xC000
                    if offset not in range(12, here):
                        raise ValueError("bad pointer")
                    resume = self.tell() if resume is None else resume
                    self.seek(offset)
                case _:
                    raise ValueError("unknown kind of label")
        if resume is not None:
            self.seek(resume)
        return bytes(wire)


def escaped(match):
    return b"\\%03d" % match[0][0]


def shown(wire):
    labels = []
    while wire[0]:
        labels.append(re.sub(rb"[^\w-]", escaped, wire[1 : wire[0] + 1], flags=re.DOTALL))
        wire = wire[wire[0] + 1 :]
    return b".".join(labels).decode("ascii") or "."


def parse_query(packet):
    data = Packet(packet)
    ident, flags, count = data.number(), data.number(), data.number()
    data.take(6)
    if flags >> 11 != 0:
        raise ValueError("not a standard query")
    if count not in range(1, 33):
        raise ValueError("number of questions")
    questions = [(shown(data.name()), data.number(), data.number()) for _ in range(count)]
    return {"id": ident, "recursion_desired": flags & 0x100 != 0, "questions": questions}
