import re

TOKENS = re.compile(r"""\s*(?:("[^"\\\n]*"|'[^'\\\n]*')|(\d+)|([A-Za-z_]+)|(==|!=|<=|>=|[<>()\[\],]))""")
COLUMNS = {"name", "city", "age", "paid"}


class Translation:
    """Recursive descent from the condition to a WHERE clause, whose literals are all parameters."""

    def __init__(self, text):
        self.tokens, self.values, place, text = [], [], 0, text.rstrip()
        while place < len(text):
            found = TOKENS.match(text, place)
            if not found:
                raise ValueError(f"cannot read position {place}")
            self.tokens.append(found)
            place = found.end()
        self.tokens.reverse()

    def next(self, *wanted):
        if self.tokens and (not wanted or self.tokens[-1][self.tokens[-1].lastindex] in wanted):
            return self.tokens.pop()
        if not wanted:
            raise ValueError("the condition ends too early")
        return None

    def disjunction(self, depth=0):
        if depth > 100:
            raise ValueError("too deep")
        text = self.conjunction(depth)
        while self.next("or"):
            text = f"({text} OR {self.conjunction(depth)})"
        return text

    def conjunction(self, depth):
        text = self.negation(depth)
        while self.next("and"):
            text = f"({text} AND {self.negation(depth)})"
        return text

    def negation(self, depth):
        denied = False
        while self.next("not"):
            denied = not denied
        if self.next("("):
            text = f"({self.disjunction(depth + 1)})"
            self.close(")")
        else:
            text = self.comparison()
        return f"(NOT {text})" if denied else text

    def comparison(self):
        left = self.operand()
        if operator := self.next("==", "!=", "<", "<=", ">", ">="):
            return f"({left} {operator[4]} {self.operand()})"
        denied = "NOT " if self.next("not") else ""
        if self.next("in"):
            return f"({left} {denied}IN ({self.listed()}))"
        if denied:
            raise ValueError("in expected")
        return f"({left} <> 0)"

    def listed(self):
        end = {"(": ")", "[": "]"}.get(self.next()[4], "")
        marks = []
        while end and not self.next(end):
            if marks:
                self.close(",")
                if self.next(end):
                    break
            marks.append(self.operand(columns=()))
        return ", ".join(marks)

    def close(self, wanted):
        if not self.next(wanted):
            raise ValueError(f"{wanted} expected")

    def operand(self, columns=COLUMNS):
        text, number, word, sign = self.next().groups()
        if word in columns:
            return word
        if word in ("True", "False"):
            self.values.append(word == "True")
        elif number:
            self.values.append(min(int(number[:20]), 2**63 - 1))
        elif text:
            self.values.append(text[1:-1])
        else:
            raise ValueError(f"{word or sign!r} is no column")
        return "?"


def select_where(conn, condition):
    translation = Translation(condition)
    where = translation.disjunction()
    if translation.tokens:
        raise ValueError("the condition goes on where it should end")
    return [number for (number,) in conn.execute(f"SELECT id FROM members WHERE {where} ORDER BY id", translation.values)]
