"""Formulas of the intranet spreadsheet.

A formula is compiled to a short program for a stack machine and then run.
Neither step recurses, and no number grows beyond some 330 bits.
"""

import math
import numbers
import operator
import re

__all__ = ["evaluate"]

_LONGEST = 500
_INT_LIMIT = 10**100
_FLOAT_LIMIT = 1e100
_FORGIVEN = 1e100 * (1 + 1e-15)  # 1e50 * 1e50 is a rounding error beyond 1e100

_TOKEN = re.compile(
    r"""\ *(?:
        (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<symbol>\*\*|//|<=|>=|==|!=|[-+*/%<>(),])
    )""",
    re.VERBOSE,
)

_BINARY = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    "/": (2, operator.truediv),
    "//": (2, operator.floordiv),
    "%": (2, operator.mod),
}
_UNARY = {"+": operator.pos, "-": operator.neg}
_UNARY_PRECEDENCE, _POWER_PRECEDENCE = 3, 4
_COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

# Instructions: (_PUSH, value), (_CALL, function, number of arguments) and
# (_CHAIN, comparison, where to go on if it is false).
_PUSH, _CALL, _CHAIN = range(3)


def _checked(value):
    """``value`` if it is a real number within the limits."""
    if isinstance(value, int):  # bool included
        fits = -_INT_LIMIT <= value <= _INT_LIMIT
    elif isinstance(value, float):
        fits = -_FORGIVEN <= value <= _FORGIVEN  # False for nan
        if fits and abs(value) > _FLOAT_LIMIT:
            value = math.copysign(_FLOAT_LIMIT, value)
    else:
        fits = False
    if not fits:
        raise ValueError("not a real number or too large")
    return value


def _power(base, exponent):
    if isinstance(base, int) and isinstance(exponent, int) and exponent > 0:
        base, exponent = int(base), int(exponent)
        if abs(base) > 1 and exponent * math.log10(abs(base)) > 101:
            raise ValueError("too large")
    return base**exponent


def _round(value):
    result = round(value)
    # 1e100 as a float lies a little beyond 10**100
    return max(-_INT_LIMIT, min(_INT_LIMIT, result))


def _cell(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _checked(float(value))
    if isinstance(value, numbers.Integral):
        return _checked(int(value))
    if isinstance(value, numbers.Real):
        return _checked(float(value))
    raise ValueError("a cell does not hold a real number")


# least and greatest number of arguments
_FUNCTIONS = {
    "abs": (abs, 1, 1),
    "round": (_round, 1, 1),
    "min": (min, 2, None),
    "max": (max, 2, None),
}


def _literal(text: str):
    if text.isdigit():
        if text[0] == "0" and text.strip("0"):
            raise ValueError("a whole number must not begin with 0")
        return _checked(int(text))
    return _checked(float(text))


class _Group:
    """What stands between two parentheses, or the whole formula."""

    def __init__(self, function=None):
        self.function = function
        self.arguments = 0
        self.operators = []  # pending: (precedence, function, operands)
        self.comparison = None  # pending
        self.jumps = []  # instructions that need the end of the chain

    def flush(self, program, precedence=0):
        while self.operators and self.operators[-1][0] >= precedence:
            _, function, operands = self.operators.pop()
            program.append((_CALL, function, operands))

    def compare(self, program, comparison):
        self.flush(program)
        if self.comparison is not None:
            self.jumps.append(len(program))
            program.append((_CHAIN, self.comparison, None))
        self.comparison = comparison

    def finish(self, program):
        self.flush(program)
        if self.comparison is not None:
            program.append((_CALL, self.comparison, 2))
            for place in self.jumps:
                program[place] = (_CHAIN, program[place][1], len(program))
            self.comparison = None
            self.jumps = []


def _tokens(formula: str):
    formula = formula.rstrip(" ")
    position = 0
    tokens = []
    while position < len(formula):
        match = _TOKEN.match(formula, position)
        if match is None:
            raise ValueError("this is not a formula")
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    tokens.append(("end", ""))
    return tokens


def _compile(formula: str, cells) -> list:
    tokens = _tokens(formula)
    program: list = []
    groups = [_Group()]
    operand_expected = True
    index = 0
    while tokens[index][0] != "end":
        kind, text = tokens[index]
        index += 1
        group = groups[-1]
        if operand_expected:
            if kind == "number":
                program.append((_PUSH, _literal(text)))
                operand_expected = False
            elif kind == "name" and tokens[index] == ("symbol", "("):
                if text not in _FUNCTIONS:
                    raise ValueError("unknown function")
                index += 1
                groups.append(_Group(_FUNCTIONS[text]))
            elif kind == "name":
                if text not in cells:
                    raise ValueError("unknown cell")
                program.append((_PUSH, _cell(cells[text])))
                operand_expected = False
            elif text == "(":
                groups.append(_Group())
            elif text in _UNARY:
                group.operators.append((_UNARY_PRECEDENCE, _UNARY[text], 1))
            else:
                raise ValueError("this is not a formula")
        elif kind != "symbol":
            raise ValueError("this is not a formula")
        elif text == "**":
            # binds to the right, and stronger than a sign to its left
            group.operators.append((_POWER_PRECEDENCE, _power, 2))
            operand_expected = True
        elif text in _BINARY:
            precedence, function = _BINARY[text]
            group.flush(program, precedence)
            group.operators.append((precedence, function, 2))
            operand_expected = True
        elif text in _COMPARISONS:
            group.compare(program, _COMPARISONS[text])
            operand_expected = True
        elif text == "," and group.function is not None:
            group.finish(program)
            group.arguments += 1
            operand_expected = True
        elif text == ")" and len(groups) > 1:
            group.finish(program)
            if group.function is not None:
                function, least, most = group.function
                count = group.arguments + 1
                if count < least or (most is not None and count > most):
                    raise ValueError("wrong number of arguments")
                program.append((_CALL, function, count))
            groups.pop()
        else:
            raise ValueError("this is not a formula")
    if operand_expected or len(groups) > 1:
        raise ValueError("this is not a formula")
    groups[0].finish(program)
    return program


def _run(program: list):
    stack: list = []
    position = 0
    while position < len(program):
        instruction = program[position]
        position += 1
        if instruction[0] == _PUSH:
            stack.append(instruction[1])
        elif instruction[0] == _CALL:
            _, function, count = instruction
            arguments = stack[-count:]
            del stack[-count:]
            stack.append(_checked(function(*arguments)))
        else:
            _, comparison, target = instruction
            right = stack.pop()
            left = stack.pop()
            if comparison(left, right):
                stack.append(right)
            else:
                stack.append(False)
                position = target
    (result,) = stack
    return result


def evaluate(formula: str, cells: dict[str, float]) -> float | bool:
    """The value of ``formula``; ``cells`` has the values of the other cells."""
    if not isinstance(formula, str) or len(formula) > _LONGEST:
        raise ValueError("a formula is a text of at most 500 characters")
    program = _compile(formula, cells)
    try:
        result = _run(program)
    except OverflowError as error:
        raise ValueError("too large") from error
    return result if isinstance(result, bool) else float(result)
