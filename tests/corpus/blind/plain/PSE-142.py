import operator
import re
from numbers import Real

_MAX_LENGTH = 500
_LIMIT = 1e100

_TOKEN = re.compile(
    r" *(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<op>\*\*|//|<=|>=|==|!=|[-+*/%<>(),]))"
)

_COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_BINARY = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    "/": (2, operator.truediv),
    "//": (2, operator.floordiv),
    "%": (2, operator.mod),
    "**": (4, operator.pow),
}
_COMPARISON, _SIGN, _POWER = 0, 3, 4

_FUNCTIONS = {"abs": (1, 1, abs), "round": (1, 1, round), "min": (2, 500, min), "max": (2, 500, max)}


def _checked(value):
    if isinstance(value, bool):
        return value
    if not isinstance(value, Real):
        raise ValueError("not a real number")
    try:
        value = float(value)
    except OverflowError:
        raise ValueError("number out of range") from None
    if not -_LIMIT <= value <= _LIMIT:  # NaN fails as well
        raise ValueError("number out of range")
    return value


def _tokens(formula):
    tokens = []
    text = formula.rstrip(" ")
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"unexpected character in formula at {position}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    tokens.append(("end", ""))
    return tokens


class _Parser:
    """Reads the formula and, as far as it is `live`, works it out on the way."""

    def __init__(self, tokens, cells):
        self.tokens = tokens
        self.cells = cells
        self.position = 0

    def run(self, live):
        self.position = 0
        value = self.expression(_COMPARISON, live)
        if self.tokens[self.position][0] != "end":
            raise ValueError("formula does not end where it should")
        return value

    def peek(self):
        kind, text = self.tokens[self.position]
        return text if kind == "op" else None

    def next(self):
        token = self.tokens[self.position]
        self.position += 1
        return token

    def expect(self, text):
        if self.next() != ("op", text):
            raise ValueError(f"{text!r} expected")

    def apply(self, function, *args):
        try:
            return _checked(function(*args))
        except OverflowError:
            raise ValueError("number out of range") from None

    def expression(self, level, live):
        kind, text = self.next()
        value = None
        if kind == "number":
            value = _checked(float(text))
        elif kind == "name" and self.peek() == "(":
            if text not in _FUNCTIONS:
                raise ValueError(f"unknown function {text!r}")
            least, most, function = _FUNCTIONS[text]
            self.next()
            args = [self.expression(_COMPARISON, live)]
            while self.peek() == ",":
                self.next()
                args.append(self.expression(_COMPARISON, live))
            self.expect(")")
            if not least <= len(args) <= most:
                raise ValueError(f"wrong number of arguments for {text}")
            if live:
                value = self.apply(function, *args)
        elif kind == "name":
            if text not in self.cells:
                raise ValueError(f"unknown cell {text!r}")
            value = _checked(self.cells[text])
        elif (kind, text) == ("op", "("):
            value = self.expression(_COMPARISON, live)
            self.expect(")")
        elif kind == "op" and text in "+-" and level <= _SIGN:
            signs = [text]
            while self.peek() in ("+", "-"):
                signs.append(self.next()[1])
            value = self.expression(_POWER, live)
            if live:
                value = float(value)
                if signs.count("-") % 2:
                    value = -value
        else:
            raise ValueError("number, cell, function or parenthesis expected")

        while (op := self.peek()) in _BINARY and _BINARY[op][0] >= level:
            own, function = _BINARY[op]
            self.next()
            # ** takes everything to its right, a sign included
            right = self.expression(_SIGN if op == "**" else own + 1, live)
            if live:
                value = self.apply(function, float(value), float(right))

        if level == _COMPARISON and self.peek() in _COMPARISONS:
            # as in Python, the rest of a row is not worked out after a False
            result = True
            left = value
            while self.peek() in _COMPARISONS:
                compare = _COMPARISONS[self.next()[1]]
                right = self.expression(_COMPARISON + 1, live and result)
                if live and result:
                    result = compare(left, right)
                    left = right
            value = result
        return value


def evaluate(formula: str, cells: dict[str, float]) -> float | bool:
    if len(formula) > _MAX_LENGTH:
        raise ValueError("formula too long")
    parser = _Parser(_tokens(formula), cells)
    try:
        parser.run(live=False)  # so that nothing is worked out for other texts
        return parser.run(live=True)
    except RecursionError:
        raise ValueError("formula nested too deeply") from None
