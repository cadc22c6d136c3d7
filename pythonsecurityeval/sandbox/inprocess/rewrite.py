"""A foreign test file, cut in two and marked: what can run before the solution is there, and what cannot.

Marks are calls that tell how far a test came and that its assertions were the
real ones; see `monitor`.
"""

from __future__ import annotations

import ast
import unittest
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Final, TypeVar
from unittest import mock

from pythonsecurityeval.sandbox.inprocess.names import Reading

FILE: Final = "<unit test>"
STEP, BOUND, COMPARED, SOLUTION = "__pse_step__", "__pse_bound__", "__pse_compared__", "__pse_solution__"
_MOST_TESTS = 500
_MAY_END_EARLY = ("Raises", "Warns", "suppress", "NoLogs")
_Def = ast.FunctionDef | ast.AsyncFunctionDef
Mark = tuple[int, bool]
_KNOWN = frozenset(
    name for kind in (unittest.TestCase, mock.AsyncMock) for name in dir(kind) if name.startswith("assert")
)
_S = TypeVar("_S", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Plan:
    """A test file, ready to run.

    Attributes:
        tests: ``Class.method`` of each test in order, and the marks it must pass, in order. A mark is a number,
            and whether a real assertion must have come since the mark before.
        early: What does not need the solution.
        late: What does.
    """

    tests: dict[str, tuple[Mark, ...]]
    early: CodeType
    late: CodeType


def plan(reading: Reading) -> Plan:
    """Mark a file and cut it in two."""
    tree = _Marker(reading).visit(reading.tree)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    marks = _Marks()
    methods = {node.name: {f.name: marks.of(f) for f in _tests(node)} for node in classes}
    tests: dict[str, tuple[Mark, ...]] = {}
    for node in classes:
        if any("TestCase" in base for base in _bases(node, classes)):
            own = {
                name: steps for owner in (*_lineage(node, classes), node) for name, steps in methods[owner.name].items()
            }
            tests |= {f"{node.name}.{name}": own[name] for name in sorted(own)}
    early, late = _cut(tree, reading)
    return Plan(dict(list(tests.items())[:_MOST_TESTS]), _compiled(early), _compiled(late))


def _compiled(body: list[ast.stmt]) -> CodeType:
    module = ast.fix_missing_locations(ast.Module(body=body, type_ignores=[]))
    return compile(module, FILE, "exec", dont_inherit=True)


def _tests(node: ast.ClassDef) -> Iterator[_Def]:
    return (item for item in node.body if isinstance(item, _Def) and item.name.startswith("test"))


def _lineage(node: ast.ClassDef, classes: list[ast.ClassDef]) -> Iterator[ast.ClassDef]:
    """Ancestors in the same file, farthest first."""
    names = {ast.unparse(base) for base in node.bases}
    for other in classes:
        if other.name in names and other is not node:
            yield from _lineage(other, classes[: classes.index(other)])
            yield other


def _bases(node: ast.ClassDef, classes: list[ast.ClassDef]) -> set[str]:
    return {ast.unparse(base) for one in (*_lineage(node, classes), node) for base in one.bases}


class _Marks:
    """Puts marks into tests, after every statement that a passing test cannot avoid and that asserts."""

    def __init__(self) -> None:
        self._count = 0
        self._marks: list[Mark] = []

    def of(self, test: _Def) -> tuple[Mark, ...]:
        """Mark one test; its marks in order."""
        self._marks = []
        self._block(test.body)
        return tuple(self._marks)

    def _block(self, body: list[ast.stmt]) -> bool:
        """Whether what comes after the block is reached for sure."""
        position = 0
        while position < len(body):
            statement = body[position]
            position += 1
            if isinstance(statement, ast.With | ast.AsyncWith) and not _may_end_early(statement):
                if not self._block(statement.body):
                    return False
            elif _leaves(statement):
                return False
            how = _asserts(statement)
            if how is not None:
                self._marks.append((self._count, how))
                body.insert(position, ast.copy_location(_call(STEP, ast.Constant(self._count)), statement))
                self._count += 1
                position += 1
        return True


def _leaves(statement: ast.stmt) -> bool:
    kinds = ast.Return | ast.Raise | ast.Yield | ast.YieldFrom
    return any(isinstance(node, kinds) for node in _own(statement))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is in it, functions and classes left out."""
    yield node
    if not isinstance(node, _Def | ast.Lambda | ast.ClassDef):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _may_end_early(statement: ast.With | ast.AsyncWith) -> bool:
    text = " ".join(ast.unparse(item.context_expr) for item in statement.items)
    return any(word in text for word in _MAY_END_EARLY)


def _asserts(statement: ast.stmt) -> bool | None:
    """Whether a statement asserts in a way that the monitor hears of; None if it does not assert."""
    if isinstance(statement, ast.Assert):
        return _is_call_of(statement.test, COMPARED)
    if isinstance(statement, ast.With | ast.AsyncWith):
        return False if _may_end_early(statement) else None
    value = statement.value if isinstance(statement, ast.Expr) else None
    value = value.value if isinstance(value, ast.Await) else value
    called = value.func if isinstance(value, ast.Call) else None
    if isinstance(called, ast.Call) and _is_call_of(called, BOUND):
        name = called.args[1]
        return isinstance(name, ast.Constant) and name.value in _KNOWN
    return None


def _is_call_of(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _call(name: str, *args: ast.expr) -> ast.Expr:
    return ast.Expr(ast.Call(ast.Name(name, ast.Load()), list(args), []))


class _Marker(ast.NodeTransformer):
    """Free names become the solution's, assertions are looked up safely, comparisons are looked at."""

    def __init__(self, reading: Reading) -> None:
        self._free = reading.free - reading.bound

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A free name is looked up in the solution, each time anew, so that a patch is seen."""
        if node.id in self._free and isinstance(node.ctx, ast.Load):
            return _like(ast.Attribute(ast.Name(SOLUTION, ast.Load()), node.id, ast.Load()), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """``a.assertThis(b)`` becomes ``bound(a, "assertThis")(b)``."""
        self.generic_visit(node)
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr.startswith("assert"):
            look = ast.Call(ast.Name(BOUND, ast.Load()), [called.value, ast.Constant(called.attr)], [])
            node.func = _like(look, called)
            if called.attr in {"assertTrue", "assertFalse"} and node.args:
                node.args[0] = _compared(node.args[0])
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        """``assert a == b`` is looked at like `assertEqual`."""
        self.generic_visit(node)
        node.test = _compared(node.test)
        return node


def _compared(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and not isinstance(node.ops[0], ast.Is | ast.IsNot):
        kind = type(node.ops[0]).__name__
        call = ast.Call(ast.Name(COMPARED, ast.Load()), [ast.Constant(kind), node.left, node.comparators[0]], [])
        return _like(call, node)
    return node


def _like(new: _S, old: ast.AST) -> _S:
    return ast.fix_missing_locations(ast.copy_location(new, old))


def _cut(tree: ast.Module, reading: Reading) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Statements that do not look into the solution, and the others with all that builds on them."""
    early: list[ast.stmt] = []
    late: list[ast.stmt] = []
    tainted: set[str] = set()
    aliases = {SOLUTION}
    for statement in tree.body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            continue  # what the file does as a program
        if isinstance(statement, ast.Import):
            aliases |= {(a.asname or a.name).partition(".")[0] for a in statement.names if a.name in reading.modules}
        if _looks_into(statement, tainted, aliases, reading):
            late.append(statement)
            tainted |= _binds(statement)
        else:
            early.append(statement)
    return early, late


def _binds(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.ImportFrom):
        return {alias.asname or alias.name for alias in statement.names}
    own = {statement.name} if isinstance(statement, _Def | ast.ClassDef) else set()
    return own | {n.id for n in _own(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _looks_into(statement: ast.stmt, tainted: set[str], aliases: set[str], reading: Reading) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module in reading.modules
    for node in _evaluated(statement):
        if isinstance(node, ast.Name) and node.id in tainted:
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            return True
        if isinstance(node, ast.ImportFrom) and node.module in reading.modules:
            return True
    return False


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when a statement runs: not the bodies of functions, but their decorators and defaults."""
    yield node
    if isinstance(node, _Def | ast.Lambda):
        decorators = node.decorator_list if isinstance(node, _Def) else []
        for outer in (*decorators, *node.args.defaults, *(d for d in node.args.kw_defaults if d)):
            yield from _evaluated(outer)
        return
    for child in ast.iter_child_nodes(node):
        yield from _evaluated(child)
