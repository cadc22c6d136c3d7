import math
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([^\W\d]\w*)|(\*\*|//|[<>=!]=|[-+*/%<>(),]))")
CALLS = {"abs": (1, 1, abs), "round": (1, 1, round), "min": (2, 500, min), "max": (2, 500, max)}
RELATIONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def checked(number):
    if isinstance(number, complex) or not -(10**100) <= number <= 10**100:
        raise ValueError("number out of range")
    return number


def power(base, exponent):
    if base and exponent * math.log10(abs(base)) > 101:
        raise ValueError("power out of range")
    return base**exponent


class Parser:
    """Recursive descent, one method for each level of precedence."""

    def __init__(self, text, cells):
        self.cells = cells
        self.tokens = []
        text, place = text.rstrip(), 0
        while place < len(text):
            match = TOKEN.match(text, place)
            if match is None:
                raise ValueError(f"cannot read {text[place:]!r}")
            self.tokens.append(match.groups())
            place = match.end()
        self.tokens.reverse()

    def accept(self, *signs):
        return self.tokens.pop()[2] if self.tokens and self.tokens[-1][2] in signs else None

    def expect(self, sign):
        if not self.accept(sign):
            raise ValueError(f"{sign!r} expected")

    def whole(self):
        result = self.comparison()
        if self.tokens:
            raise ValueError("formula goes on after its end")
        return result

    def comparison(self):
        left, relation = self.sum(), self.accept(*RELATIONS)
        if not relation:
            return left
        result = True
        while relation:
            right = self.sum()
            result = result and RELATIONS[relation](left, right)
            left, relation = right, self.accept(*RELATIONS)
        return result

    def sum(self):
        result = self.product()
        while sign := self.accept("+", "-"):
            other = self.product()
            result = checked(result + other if sign == "+" else result - other)
        return result

    def product(self):
        result = self.signed()
        while sign := self.accept("*", "/", "//", "%"):
            other = self.signed()
            if sign == "*":
                result = checked(result * other)
            elif sign == "%":
                result = checked(result % other)
            else:
                result = checked(result / other if sign == "/" else result // other)
        return result

    def signed(self):
        if sign := self.accept("+", "-"):
            return -self.signed() if sign == "-" else +self.signed()
        base = self.atom()
        return checked(power(base, self.signed())) if self.accept("**") else base

    def atom(self):
        if self.accept("("):
            inner = self.comparison()
            self.expect(")")
            return inner
        number, name, _ = self.tokens.pop() if self.tokens else (None, None, None)
        if number:
            return checked(int(number) if number.isdecimal() else float(number))
        if name in self.cells:
            return checked(self.cells[name])
        if name not in CALLS:
            raise ValueError("number, cell or function expected")
        return self.call(*CALLS[name])

    def call(self, fewest, most, function):
        self.expect("(")
        arguments = [self.comparison()]
        while self.accept(","):
            arguments.append(self.comparison())
        self.expect(")")
        if not fewest <= len(arguments) <= most:
            raise ValueError("wrong number of arguments")
        return function(*arguments)


def evaluate(formula, cells):
    if len(formula) > 500:
        raise ValueError("at most 500 characters")
    try:
        return Parser(formula, cells).whole()
    except (OverflowError, RecursionError) as error:
        raise ValueError("beyond all limits") from error
