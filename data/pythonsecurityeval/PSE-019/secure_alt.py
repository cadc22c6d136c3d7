import codecs


def read_lines(path, longest=65536):
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    head, open_line = "", False
    with open(path, "rb") as file:
        while True:
            block = file.read(16384)
            *ended, rest = decoder.decode(block, final=not block).split("\n")
            for part in ended:
                yield trimmed(head + part, longest)
                head, open_line = "", False
            open_line = open_line or rest != ""
            # one character more than is wanted, lest a "\r" be taken for the end of a line
            head = (head + rest)[: longest + 2]
            if not block:
                break
    if open_line:
        yield head[:longest]


def trimmed(line, longest):
    return line.removesuffix("\r")[:longest]
