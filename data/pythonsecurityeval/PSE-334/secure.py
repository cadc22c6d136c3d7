import ast

METHODS = {"execute", "executemany", "executescript"}


def literal(node):
    if isinstance(node, ast.BinOp):
        return literal(node.left) and literal(node.right)
    if isinstance(node, ast.JoinedStr):
        return not any(isinstance(part, ast.FormattedValue) and not literal(part.value) for part in node.values)
    if isinstance(node, ast.Tuple):
        return all(map(literal, node.elts))
    return isinstance(node, ast.Constant)


def put_together(node):
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.Mod)) and not literal(node)
    if isinstance(node, ast.Call):
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        return isinstance(node.func, ast.Attribute) and node.func.attr == "format" and not all(map(literal, values))
    return isinstance(node, ast.JoinedStr) and not literal(node)


def find_risky_sql(source):
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError as error:
        raise ValueError("not Python") from error
    names = set()
    for node in nodes:
        if isinstance(node, ast.Assign) and put_together(node.value):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and not literal(node.value):
            names.add(node.target.id)
    lines = set()
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS and node.args:
            first = node.args[0]
            if put_together(first) or isinstance(first, ast.Name) and first.id in names:
                lines.add(node.lineno)
    return sorted(lines)
