"""The ``signature`` of a task: one line for each public thing a solution must offer."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Literal

_LINE = re.compile(r"(?P<kind>async |class |)(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)(?P<rest>[(:].*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """One public thing.

    Attributes:
        name: As it is written: ``count_rows``, ``PasswordFile``, ``PasswordFile.check``.
        kind: What it is; a ``value`` is a module-level name such as ``LIMIT: int``.
        parameters: Names in order, stars dropped; empty for a value.
        arguments: The text between the parentheses, as written.
        returns: The annotation of the return value or of the value; empty if there is none.
    """

    name: str
    kind: Literal["function", "coroutine", "class", "value"]
    parameters: tuple[str, ...] = ()
    arguments: str = ""
    returns: str = ""

    @property
    def last(self) -> str:
        """The name without the class before it."""
        return self.name.rpartition(".")[2]


def parse(signature: str) -> tuple[Public, ...]:
    """The public things of a signature, in order.

    Raises:
        ValueError: A line has another form; the message quotes it.
    """
    return tuple(_public(line.strip()) for line in signature.splitlines() if line.strip())


def _public(line: str) -> Public:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"expected `name(parameter: type) -> type`, `class Name(…)` or `NAME: type`, found {line!r}")
    name, rest = match["name"], match["rest"]
    source = f"def it{rest}: ..." if rest.startswith("(") else f"it{rest}"
    try:
        (node,) = ast.parse(source).body
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"not Python: {line!r}") from error
    if isinstance(node, ast.FunctionDef):
        return _callable(name, match["kind"].strip(), node)
    if isinstance(node, ast.AnnAssign) and node.value is None and not match["kind"]:
        return Public(name=name, kind="value", returns=ast.unparse(node.annotation))
    raise ValueError(f"not Python: {line!r}")


def _callable(name: str, prefix: str, node: ast.FunctionDef) -> Public:
    given = node.args
    stars = [star for star in (given.vararg, given.kwarg) if star is not None]
    names = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs, *stars)]
    kinds: dict[str, Literal["function", "coroutine", "class"]] = {"async": "coroutine", "class": "class"}
    return Public(
        name=name,
        kind=kinds.get(prefix, "function"),
        parameters=tuple(names),
        arguments=ast.unparse(given),
        returns=ast.unparse(node.returns) if node.returns else "",
    )
