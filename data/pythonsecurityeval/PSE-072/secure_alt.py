import string

PLAIN = frozenset(string.ascii_letters + string.digits + "_$")


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def peek(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, wanted):
        if self.peek() != wanted:
            raise ValueError(f"{wanted!r} expected at {self.at}")
        self.at += 1

    def word(self):
        self.peek()
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in PLAIN:
            self.at += 1
        if start == self.at:
            raise ValueError(f"name expected at {start}")
        return self.text[start : self.at]

    def literal(self, closing):
        quote, letters = self.peek(), []
        if quote not in ("'", '"'):
            raise ValueError("literal expected")
        rest = iter(self.text[self.at + 1 :])
        for letter in rest:
            self.at += 1
            if letter == quote:
                break
            if letter == "\\":
                letter = next(rest, "")
                self.at += 1
                if letter not in ("\\", "'", '"'):
                    raise ValueError("unknown escape")
            letters.append(letter)
        else:
            raise ValueError("literal without an end")
        self.at += 1
        self.take(closing)
        if not letters:
            raise ValueError("empty name")
        return "".join(letters)


def parse_shell_query(text, current):
    reader = Reader(text)
    if reader.word() != "db":
        raise ValueError("does not begin with db")
    path = []
    while reader.peek() in (".", "["):
        if reader.peek() == "[" and not path:
            reader.take("[")
            collection = reader.literal("]")
            break
        reader.take(".")
        path.append(reader.word())
        if reader.peek() == "(":
            if path == ["getSiblingDB"]:
                reader.take("(")
                current = reader.literal(")")
                path.clear()
            elif path == ["getCollection"]:
                reader.take("(")
                collection = reader.literal(")")
                break
            elif len(path) > 1:
                return current, ".".join(path[:-1])
            else:
                raise ValueError("no collection")
    else:
        raise ValueError("no method")
    reader.take(".")
    reader.word()
    reader.take("(")
    return current, collection
