import ast

CALLS = ("execute", "executemany", "executescript")


def is_constant(node):
    try:
        # no variables in reach: only what consists of literals can be worked out
        eval(compile(ast.Expression(node), "<review>", "eval"), {})
        return True
    except Exception:
        return False


def is_built(node):
    if isinstance(node, ast.JoinedStr):
        return not is_constant(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        return not is_constant(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return not is_constant(node)
    return False


def find_risky_sql(source):
    try:
        tree = ast.parse(source)
    except SyntaxError as e:
        raise ValueError(f"cannot parse source: {e}")

    tainted = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_built(node.value):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    tainted.add(target.id)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            if not is_constant(node.value):
                tainted.add(node.target.id)

    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in CALLS and node.args:
            arg = node.args[0]
            if is_built(arg) or (isinstance(arg, ast.Name) and arg.id in tainted):
                found.add(node.lineno)
    return sorted(found)
