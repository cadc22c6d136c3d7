"""Fixed by deletion: a candidate that is clean because the program is gone."""

from __future__ import annotations

import ast
import warnings

_LEAST_SHARE = 0.5


def is_whole(code: str, original: str, entry_point: str) -> bool:
    """Whether ``code`` parses, still defines the entry point, and has kept half of the original's statements.

    Where the original lacks the entry point, or does not parse, that part is not asked of the code.
    """
    tree, before = _parsed(code), _parsed(original)
    if tree is None:
        return False
    if before is None:
        return True
    if entry_point and _defines(before, entry_point) and not _defines(tree, entry_point):
        return False
    return _statements(tree) >= _LEAST_SHARE * _statements(before)


def _parsed(code: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a candidate's invalid escapes are not our user's business
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _defines(tree: ast.Module, name: str) -> bool:
    """Whether the module binds the name, at any depth: hidden in a branch it is still there."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return any(
        (isinstance(node, kinds) and node.name == name)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name)
        for node in ast.walk(tree)
    )


def _statements(tree: ast.Module) -> int:
    """Statements that do something: neither ``pass`` nor a bare constant such as a docstring."""
    return sum(isinstance(node, ast.stmt) and not _idle(node) for node in ast.walk(tree))


def _idle(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
