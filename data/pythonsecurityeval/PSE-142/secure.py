import ast
import operator

LONGEST = 500
LARGEST = 1e100
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS = {"abs": abs, "min": min, "max": max, "round": round}


def apply(function, *numbers):
    """Floats overflow where whole numbers would go on growing."""
    result = function(*map(float, numbers))
    return result if isinstance(result, bool) else in_range(result)


def in_range(number):
    if not isinstance(number, int | float) or not abs(number) <= LARGEST:
        raise ValueError("value out of range")
    return number


def value(node, cells):
    match node:
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            return in_range(number)
        case ast.Name(name) if name in cells:
            return in_range(cells[name])
        case ast.UnaryOp(sign, operand) if type(sign) in OPERATORS:
            return apply(OPERATORS[type(sign)], value(operand, cells))
        case ast.BinOp(left, sign, right) if type(sign) in OPERATORS:
            return apply(OPERATORS[type(sign)], value(left, cells), value(right, cells))
        case ast.Compare(left, signs, others) if all(type(sign) in OPERATORS for sign in signs):
            return compared(value(left, cells), signs, others, cells)
        case ast.Call(ast.Name(name), arguments, []) if name in FUNCTIONS:
            return called(name, [value(argument, cells) for argument in arguments])
    raise ValueError("not part of a formula")


def compared(left, signs, others, cells):
    for sign, other in zip(signs, others, strict=True):
        right = value(other, cells)
        if not apply(OPERATORS[type(sign)], left, right):
            return False
        left = right
    return True


def called(name, numbers):
    if len(numbers) != 1 if name in {"abs", "round"} else len(numbers) < 2:
        raise ValueError(f"wrong number of arguments for {name}")
    return apply(FUNCTIONS[name], *numbers)


def evaluate(formula, cells):
    if len(formula) > LONGEST:
        raise ValueError("formula too long")
    try:
        return value(ast.parse(formula.strip(), mode="eval").body, cells)
    except (SyntaxError, OverflowError, RecursionError, MemoryError) as error:
        raise ValueError("not a formula, or too large a value") from error
