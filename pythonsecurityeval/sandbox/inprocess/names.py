"""What a foreign test file expects of the solution: read from its text, by rule, without running anything.

Such files were written without a place for the solution to stand: they import
it from a module that does not exist, or use its names as if both were one
file.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import symtable
import sys
import unittest
import unittest.mock
from collections.abc import Iterator
from dataclasses import dataclass

#: By its wording a module that everybody is to replace: ``your_module``, ``mymodule``, ``path_to_app``, ``main``.
_PLACEHOLDER = re.compile(
    r"(your|my|our|the|path_to|name_of|some|actual)_\w+"
    r"|(your|my|our)(module|app|script|code|file|package|project|program|function|solution|flask|django)\w*"
    r"|\w*(module|script|file|function|package|app|code)_?(name|here|under_test)|\w+_(module|script)"
    r"|__main__|main|solution|module|script|program|app|code",
    re.IGNORECASE,
)
#: What a remark beside an import says when the module is to be replaced.
_REMARK = re.compile(r"#.*\b(replace|your|actual|assum\w+|adjust|where|defined|contain\w*)\b", re.IGNORECASE)
#: Never taken from a solution: who defines these could answer the test's questions itself.
_OF_THE_TEST = frozenset({*unittest.__all__, *unittest.mock.__all__, "mock", "unittest", "Mock", "MagicMock"})
_OF_A_MODULE = frozenset({"__name__", "__file__", "__doc__", "__builtins__", "__spec__", "__loader__", "__package__"})
_PATCHES = frozenset({"patch", "dict", "multiple"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a test file says about itself.

    Attributes:
        tree: Its syntax tree.
        modules: Full names of modules that stand for the solution.
        missing: Libraries that it imports and that are not installed here.
        free: Names that it uses and does not define; the solution may.
        bound: Names that are bound in some scope of the file.
        imported: Names that it imports from the solution.
    """

    tree: ast.Module
    modules: tuple[str, ...]
    missing: tuple[str, ...]
    free: frozenset[str]
    bound: frozenset[str]
    imported: frozenset[str]


@dataclass(slots=True)
class _Import:
    module: str
    names: tuple[str, ...]
    line: int


def wanted(source: str) -> tuple[str, ...]:
    """Names that a test file expects of the solution, sorted; empty if it does not parse."""
    try:
        reading = read(source)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    used = {
        node.attr
        for node in ast.walk(reading.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in reading.modules
    }
    free = {name for name in reading.free if not _exists(name)}
    return tuple(sorted((reading.imported | free | used) - {"*"}))


def read(source: str) -> Reading:
    """Read a file.

    Raises:
        SyntaxError: It is not Python.
        ValueError: It holds a NUL byte.
    """
    tree = ast.parse(source)
    imports = list(_imports(tree))
    free, bound = _names(source)
    lines = source.splitlines()
    modules = {name for name in _patched(tree) if _is_placeholder(name)}
    unknown = []
    for found in imports:
        if _is_placeholder(found.module) or (not _exists(found.module) and _REMARK.search(lines[found.line - 1])):
            modules.add(found.module)
        elif not _exists(found.module):
            unknown.append(found)
    if not modules and all(_exists(name) for name in free):
        # Some module must be the one that is tested: that of functions, whose names libraries' classes do not have.
        modules |= {found.module for found in unknown if not found.names or any(map(str.islower, found.names))}
    imported = {name for found in imports if found.module in modules for name in found.names}
    missing = {found.module.partition(".")[0] for found in unknown if found.module not in modules}
    return Reading(tree, tuple(sorted(modules)), tuple(sorted(missing)), free, bound, frozenset(imported))


def _is_placeholder(module: str) -> bool:
    root = module.partition(".")[0]
    return root not in sys.stdlib_module_names - {"__main__"} and _PLACEHOLDER.fullmatch(root) is not None


def _exists(module: str) -> bool:
    root = module.partition(".")[0]
    if root in sys.modules:
        return True
    try:
        return importlib.util.find_spec(root) is not None
    except (ImportError, ValueError):
        return False


def _imports(tree: ast.Module) -> Iterator[_Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (_Import(alias.name, (), node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield _Import(node.module, tuple(alias.name for alias in node.names), node.lineno)


def _patched(tree: ast.Module) -> Iterator[str]:
    """Modules named in the targets of patches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] in _PATCHES:
            target = node.args[0]
            if isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value:
                yield target.value.partition(".")[0]


def _names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names that no scope of the file defines, and names that some scope binds."""
    tables = [symtable.symtable(source, "unit_test.py", "exec")]
    top = {symbol.get_name() for symbol in tables[0].get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    used: set[str] = set()
    bound = set(top)
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() in {"class", "function"}:
            bound.add(table.get_name())
        for symbol in table.get_symbols():
            if symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter():
                bound.add(symbol.get_name())
            if symbol.is_referenced() and symbol.is_global():
                used.add(symbol.get_name())
    top_definitions = {child.get_name() for child in symtable.symtable(source, "", "exec").get_children()}
    known = top | top_definitions | set(dir(builtins)) | _OF_THE_TEST | _OF_A_MODULE
    return frozenset(used - known), frozenset(bound)
