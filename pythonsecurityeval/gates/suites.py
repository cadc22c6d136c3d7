"""What a test file says, read from its syntax tree: nothing is imported or run."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass

REFUSED_MODULES: dict[str, str] = {
    "mock": "mocks",
    "unittest.mock": "mocks",
    "pytest": "another test runner",
    "time": "the clock",
    "sched": "the clock",
    "socket": "the network",
    "socketserver": "the network",
    "ssl": "the network",
    "select": "the network",
    "selectors": "the network",
    "asyncio": "the network",
    "http.client": "the network",
    "http.server": "the network",
    "urllib.request": "the network",
    "urllib3": "the network",
    "requests": "the network",
    "httpx": "the network",
    "smtplib": "the network",
    "ftplib": "the network",
    "imaplib": "the network",
    "poplib": "the network",
    "subprocess": "processes",
    "multiprocessing": "processes",
    "secrets": "chance",
    "uuid": "chance",
}
"""Modules that a test may not import into the judge, and what it would reach for."""

_REFUSED_CALLS = {
    "sleep": "a sleep; wait with self.until",
    "patch": "a mock; use self.world",
    "skipTest": "a skip",
    "skip": "a skip",
    "skipIf": "a skip",
    "skipUnless": "a skip",
    "now": "the clock; use a fixed date",
    "utcnow": "the clock; use a fixed date",
    "today": "the clock; use a fixed date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A test method; ``cwe`` is what its ``@attack`` names, empty without one."""

    name: str
    cwe: str = ""


def declared(source: str) -> tuple[Declared, ...]:
    """The test methods of a file, in order.

    Raises:
        SyntaxError: The file is not Python.
    """
    return tuple(Declared(name=method.name, cwe=_cwe(method)) for method in _methods(ast.parse(source)))


def refused(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that no test may do; the bodies of ``@inside`` functions run elsewhere."""
    for node in _outside(ast.parse(source)):
        for module in _imported(node):
            if what := _refused_module(module):
                yield node.lineno, f"imports {module}: a test may not touch {what}"  # type: ignore[attr-defined]
        name = _name(node)
        if name.startswith(("assert_called", "assert_any_call", "assert_has_calls", "assert_not_called")):
            yield node.lineno, f"{name}: assert on effects, not on calls"  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and (reason := _REFUSED_CALLS.get(_name(node.func))):
            yield node.lineno, f"calls {_name(node.func)}: {reason}"


def used_names(source: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """What the file asks of ``self.solution``: name, keyword names of the call, and whether it is the text of a name.

    ``self.solution.get("LIMIT")`` and ``start("serve")`` give the text; every
    other attribute gives itself.
    """
    tree = ast.parse(source)
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self.solution"):
            continue
        call = calls.get(id(node))
        keywords = tuple(keyword.arg for keyword in call.keywords if keyword.arg) if call else ()
        if node.attr in {"get", "start"} and call and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value), keywords, True
        else:
            yield node.attr, keywords, False


def programs(source: str) -> dict[str, int]:
    """The programs that a file installs, each with the first line that does.

    The names are texts, or a loop over texts: ``for name in ("ping", "id"): self.world.shell.program(name)``.
    One that is neither is given as the empty text.
    """
    tree = ast.parse(source)
    texts: dict[str, list[str]] = {}
    for loop in (node for node in ast.walk(tree) if isinstance(node, ast.For)):
        if isinstance(loop.iter, ast.Tuple | ast.List) and isinstance(loop.target, ast.Name):
            texts.setdefault(loop.target.id, []).extend(_text(item) for item in loop.iter.elts)
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("shell.program") and node.args:
            (first, *_) = node.args
            for name in texts.get(_name(first), [""]) if isinstance(first, ast.Name) else [_text(first)]:
                found.setdefault(name, node.lineno)
    return found


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def shuffled(source: str, seed: int) -> str:
    """The same file with its test methods in another order."""
    tree = ast.parse(source)
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        places = [index for index, node in enumerate(cls.body) if _is_test(node)]
        tests = [cls.body[index] for index in places]
        order.shuffle(tests)
        for index, node in zip(places, tests, strict=True):
            cls.body[index] = node
    return ast.unparse(tree) + "\n"


def _methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        yield from (node for node in cls.body if isinstance(node, ast.FunctionDef) and _is_test(node))


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def _cwe(method: ast.FunctionDef) -> str:
    for decorator in method.decorator_list:
        if isinstance(decorator, ast.Call) and _name(decorator.func) == "attack" and decorator.args:
            (first, *_) = decorator.args
            return str(first.value) if isinstance(first, ast.Constant) else ""
    return ""


def _outside(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those in functions marked ``@inside``."""
    if isinstance(node, ast.FunctionDef) and any(_name(item) == "inside" for item in node.decorator_list):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside(child)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _refused_module(module: str) -> str:
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next((REFUSED_MODULES[prefix] for prefix in prefixes if prefix in REFUSED_MODULES), "")


def _name(node: ast.AST) -> str:
    """The last part of a dotted name, of a call that of what is called."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
