import ast
import dis


def constant(expression):
    """The compiler folds what is constant; nothing but the loading of it is left then."""
    code = compile(ast.Expression(expression), "<sql>", "eval")
    left = {step.opname for step in dis.get_instructions(code)}
    return left <= {"RESUME", "LOAD_CONST", "RETURN_VALUE", "FORMAT_VALUE", "BUILD_STRING", "BINARY_OP"}


class Finder(ast.NodeVisitor):
    def __init__(self):
        self.built, self.calls = set(), []

    def risky(self, node):
        match node:
            case ast.BinOp(op=ast.Add() | ast.Mod()) | ast.JoinedStr():
                return not constant(node)
            case ast.Call(func=ast.Attribute(attr="format"), args=args, keywords=keywords):
                return not all(constant(value) for value in args + [keyword.value for keyword in keywords])
            case ast.Name(id=name):
                return name in self.built
        return False

    def visit_Assign(self, node):
        if not isinstance(node.value, ast.Name) and self.risky(node.value):
            self.built |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        if isinstance(node.target, ast.Name) and not constant(node.value):
            self.built.add(node.target.id)
        self.generic_visit(node)

    def visit_Call(self, node):
        match node:
            case ast.Call(func=ast.Attribute(attr="execute" | "executemany" | "executescript"), args=[first, *_]):
                self.calls.append((node.lineno, first))
        self.generic_visit(node)


def find_risky_sql(source):
    finder = Finder()
    try:
        finder.visit(ast.parse(source))
    except (SyntaxError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return sorted({line for line, first in finder.calls if finder.risky(first)})
