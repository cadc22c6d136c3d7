"""Small changes of a secure reference: a test file that notices none of them tests little."""

from __future__ import annotations

import ast
import copy
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

LIMIT = 20
"""Mutants taken of one reference; a short one may have fewer."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_SMALL = 10

#: Without these nothing changes that a test could see.
_SILENT_CALLS = {"close", "dispose", "shutdown", "quit", "disconnect", "terminate", "flush", "debug", "info", "warning"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A changed reference.

    Attributes:
        operator: Kind of the change.
        line: Where, counted from 1.
        change: What was there and what is there now, in one line.
        code: The whole source.
    """

    operator: str
    line: int
    change: str
    code: str

    @property
    def label(self) -> str:
        """The mutant for an author who must write the test that notices it."""
        return f"line {self.line}: {self.change}"


@dataclass(frozen=True, slots=True)
class _Site:
    """One possible change: ``apply`` alters the node of that number in a copy of the tree."""

    operator: str
    number: int
    line: int
    apply: Callable[[Any], str]


def mutants(source: str, seed: str, limit: int = LIMIT) -> tuple[Mutant, ...]:
    """Up to ``limit`` mutants in source order, spread over the operators; the same seed gives the same ones."""
    tree = ast.parse(source)
    original = ast.dump(tree)
    seen = {original}
    result: list[Mutant] = []
    for site in _chosen(list(_sites(tree)), seed):
        mutated = copy.deepcopy(tree)
        change = site.apply(_numbered(mutated)[site.number])
        ast.fix_missing_locations(mutated)
        if (shape := ast.dump(mutated)) in seen:
            continue
        seen.add(shape)
        result.append(Mutant(operator=site.operator, line=site.line, change=change, code=ast.unparse(mutated) + "\n"))
        if len(result) == limit:
            break
    return tuple(sorted(result, key=lambda mutant: (mutant.line, mutant.operator, mutant.change)))


def _chosen(sites: list[_Site], seed: str) -> Iterator[_Site]:
    """All sites, the operators taking turns, each in a seeded order."""
    order = random.Random(f"mutants:{seed}")  # noqa: S311 - a sample, not a secret
    groups = [[site for site in sites if site.operator == name] for name in sorted({site.operator for site in sites})]
    for group in groups:
        order.shuffle(group)
    turns = itertools.zip_longest(*groups)
    return (site for turn in turns for site in turn if site is not None)


def _numbered(tree: ast.Module) -> list[ast.AST]:
    return list(ast.walk(tree))


def _sites(tree: ast.Module) -> Iterator[_Site]:
    exempt = {id(node) for part in _exempt(tree) for node in ast.walk(part)}
    for number, node in enumerate(_numbered(tree)):
        if id(node) in exempt:
            continue
        for operator, line, apply in _changes(node):
            yield _Site(operator, number, line, apply)


def _exempt(tree: ast.Module) -> Iterator[ast.AST]:
    """Parts whose change no test should notice: messages, annotations, time-outs, imports, what only closes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.returns
        elif isinstance(node, ast.keyword) and node.arg == "timeout":
            yield node.value
        elif _is_quiet(node):
            yield node
        elif isinstance(node, ast.While):  # a loop without an end would only cost time
            yield node.test


def _is_quiet(node: ast.AST) -> bool:
    """A docstring, a call that only closes or logs, a size like ``1 << 16``, or what runs in a program only."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.LShift)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or _is_silent(node.value)
    return isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__")


def _is_silent(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SILENT_CALLS


_Change = tuple[str, int, Callable[[Any], str]]


def _changes(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield "comparison", node.lineno, _swapped_operator(place, _COMPARISONS[type(operator)])
    elif isinstance(node, ast.BoolOp):
        yield "boolean", node.lineno, _swapped("op", ast.Or if isinstance(node.op, ast.And) else ast.And)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "boolean", node.lineno, _negated("operand")
    elif isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield "boolean", node.lineno, _negated("test")
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC and not _joins_text(node):
        yield "arithmetic", node.lineno, _swapped("op", _ARITHMETIC[type(node.op)])
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return", node.lineno, _set("value", ast.Constant(None))
    elif isinstance(node, ast.Call):
        yield from _arguments(node)
    yield from _statements(node)


def _constant(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield "boolean", node.lineno, _set("value", not value)
    elif isinstance(value, int):
        yield "constant", node.lineno, _set("value", value + 1 if abs(value) <= _SMALL else 0)
    elif isinstance(value, str | bytes) and value:
        yield "constant", node.lineno, _set("value", type(value)())


def _arguments(node: ast.Call) -> Iterator[_Change]:
    if node.args and not isinstance(node.args[-1], ast.Starred):
        yield "argument deletion", node.lineno, _popped("args", len(node.args) - 1)
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield "argument deletion", keyword.lineno, _popped("keywords", place)


def _statements(node: ast.AST) -> Iterator[_Change]:
    """Deletions in the blocks of a compound statement; not in a ``while``, which might then never end."""
    if isinstance(node, ast.While):
        return
    for block in ("body", "orelse"):
        statements = getattr(node, block, None)
        if not isinstance(statements, list):
            continue
        for place, statement in enumerate(statements):
            if _is_deletable(statement):
                yield "statement deletion", statement.lineno, _passed(block, place)


def _is_deletable(statement: ast.stmt) -> bool:
    kinds = ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.If | ast.Delete | ast.For | ast.Continue
    return isinstance(statement, kinds) and not _is_quiet(statement)


# ---- the changes: each alters a node in place and says what it did


def _described(node: ast.AST, alter: Callable[[], None]) -> str:
    before = _short(node)
    alter()
    return f"`{before}` → `{_short(node)}`"


def _set(field: str, value: Any) -> Callable[[Any], str]:
    return lambda node: _described(node, lambda: setattr(node, field, value))


def _swapped(field: str, kind: Callable[[], ast.AST]) -> Callable[[Any], str]:
    return lambda node: _described(node, lambda: setattr(node, field, kind()))


def _swapped_operator(place: int, kind: Callable[[], ast.cmpop]) -> Callable[[Any], str]:
    def alter(node: ast.Compare) -> None:
        node.ops[place] = kind()

    return lambda node: _described(node, lambda: alter(node))


def _negated(field: str) -> Callable[[Any], str]:
    def alter(node: ast.AST) -> None:
        setattr(node, field, ast.UnaryOp(ast.Not(), getattr(node, field)))

    return lambda node: _described(node, lambda: alter(node))


def _popped(field: str, place: int) -> Callable[[Any], str]:
    return lambda node: _described(node, lambda: getattr(node, field).pop(place))


def _passed(block: str, place: int) -> Callable[[Any], str]:
    def alter(node: Any) -> str:
        statements = getattr(node, block)
        gone = _short(statements[place])
        statements[place] = ast.Pass()
        return f"`{gone}` deleted"

    return alter


def _joins_text(node: ast.BinOp) -> bool:
    """Whether text is joined or formatted: any other operator is an error that every test would notice."""
    literals = (part for part in ast.walk(node) if isinstance(part, ast.Constant | ast.JoinedStr))
    return any(isinstance(part, ast.JoinedStr) or isinstance(part.value, str | bytes) for part in literals)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_SHOWN = 70


def _short(node: ast.AST) -> str:
    text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).partition("\n")[0]
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
