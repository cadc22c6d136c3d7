import ast
import operator as op

BIN_OPS = {
    ast.Add: op.add, ast.Sub: op.sub, ast.Mult: op.mul, ast.Div: op.truediv,
    ast.FloorDiv: op.floordiv, ast.Mod: op.mod, ast.Pow: op.pow,
}
CMP_OPS = {ast.Lt: op.lt, ast.LtE: op.le, ast.Gt: op.gt, ast.GtE: op.ge, ast.Eq: op.eq, ast.NotEq: op.ne}
FUNCS = {"abs": abs, "min": min, "max": max, "round": round}
MAX_VALUE = 10 ** 100


class Calculator(ast.NodeVisitor):
    def __init__(self, cells):
        self.cells = cells

    def visit(self, node):
        result = super().visit(node)
        if not isinstance(result, (int, float)) or abs(result) > MAX_VALUE:
            raise ValueError("value out of range")
        return result

    def generic_visit(self, node):
        raise ValueError(f"not allowed in a formula: {type(node).__name__}")

    def visit_Constant(self, node):
        return node.value

    def visit_Name(self, node):
        if node.id not in self.cells:
            raise ValueError(f"unknown cell {node.id}")
        return self.cells[node.id]

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.USub):
            return -self.visit(node.operand)
        if isinstance(node.op, ast.UAdd):
            return self.visit(node.operand)
        raise ValueError("unknown operator")

    def visit_BinOp(self, node):
        if type(node.op) not in BIN_OPS:
            raise ValueError("unknown operator")
        return BIN_OPS[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node):
        left = self.visit(node.left)
        for cmp, right in zip(node.ops, node.comparators):
            right = self.visit(right)
            if type(cmp) not in CMP_OPS:
                raise ValueError("unknown operator")
            if not CMP_OPS[type(cmp)](left, right):
                return False
            left = right
        return True

    def visit_Call(self, node):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCS or node.keywords:
            raise ValueError("unknown function")
        return FUNCS[node.func.id](*[self.visit(arg) for arg in node.args])


def evaluate(formula, cells):
    if len(formula) > 500:
        raise ValueError("formula too long")
    try:
        tree = ast.parse(formula.strip(), mode="eval")
        return Calculator(cells).visit(tree.body)
    except (SyntaxError, TypeError, OverflowError) as e:
        raise ValueError(f"invalid formula: {e}") from e
