import ast
import operator

COLUMNS = ("name", "city", "age", "paid")
OPERATORS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda value, values: value in values,
    ast.NotIn: lambda value, values: value not in values,
}


def value_of(node):
    match node:
        case ast.Name(id=name) if name in COLUMNS:
            return lambda row: row[name]
        case ast.Constant(value=str() | int() as value):
            return lambda row: value
    raise ValueError("column or literal expected")


def compiled(node):
    match node:
        case ast.BoolOp(op=op, values=values):
            parts, combine = [compiled(value) for value in values], all if isinstance(op, ast.And) else any
            return lambda row: combine(part(row) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            part = compiled(operand)
            return lambda row: not part(row)
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[ast.List(elts=elements) | ast.Tuple(elts=elements)]):
            if not all(isinstance(element, ast.Constant) for element in elements):
                raise ValueError("only literals can be listed")
            sides = value_of(left), lambda row, values=[value_of(element) for element in elements]: [value(row) for value in values]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if not isinstance(op, (ast.In, ast.NotIn)):
            sides = value_of(left), value_of(right)
        case _:
            return value_of(node)
    if type(op) not in OPERATORS:
        raise ValueError("unknown operator")
    return lambda row: OPERATORS[type(op)](sides[0](row), sides[1](row))


def select_where(conn, condition):
    try:
        test = compiled(ast.parse(condition.strip(), mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError("not a condition") from error
    rows = conn.execute("SELECT name, city, age, paid, id FROM members ORDER BY id")
    return [row[-1] for row in rows if test(dict(zip(COLUMNS, row)))]
