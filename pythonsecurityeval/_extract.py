"""Code out of a model's answer, by the fixed rules of the contract (*Predictions*)."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from pythonsecurityeval.types import LONGEST_CODE, Extraction

_THINKING = ("think", "thinking", "reasoning", "thought")
_PYTHON_TAGS = frozenset({"", "python", "py", "python3", "py3"})
# Possessive throughout: whoever fails to match a line of megabytes must not try it again from every place in it.
_FENCE = re.compile(r"(?P<indent>[ \t]*+)(?P<mark>`{3,}+|~{3,}+)[ \t]*+(?P<tag>[^`\s]*+)[^`]*+")


def extract(completion: str, entry_point: str, code_prompt: str | None = None) -> tuple[str, Extraction]:
    """The program in a raw completion, and the rule that found it.

    In this order: reasoning blocks are dropped; of the blocks fenced as Python
    or untagged (an unclosed fence runs to the end) the last that parses and
    defines ``entry_point``, else the last that parses; else the whole text if
    it parses; else ``code_prompt`` and the completion, where the corpus' prompt
    is itself code; else nothing.

    Args:
        completion: The model's text, hostile.
        entry_point: The name that the task's tests use.
        code_prompt: The prompt, where it is code that the model was asked to continue.

    Returns:
        The code (empty for `Extraction.NO_CODE`) and the rule.
    """
    text = drop_reasoning(completion)
    last = ""
    for code in reversed(list(_fenced(text))):
        tree = _program(code)  # one tree at a time: it takes hundreds of times the room of its text
        if tree and entry_point in _defined(tree.body):
            return code, Extraction.FENCE_ENTRY_POINT
        last = last or (code if tree else "")
    if last:
        return last, Extraction.FENCE
    if _program(text):
        return text, Extraction.WHOLE_TEXT
    if code_prompt is not None and _program(code_prompt + text):
        return code_prompt + text, Extraction.PROMPT_AND_COMPLETION
    return "", Extraction.NO_CODE


def drop_reasoning(text: str) -> str:
    """The text without its reasoning blocks.

    A block that is never closed runs to the end; one that was opened by the
    chat template, so that only its end is in the answer, starts at the beginning.
    """
    for name in _THINKING:
        start, end = f"<{name}>", f"</{name}>"
        kept, at = [], 0
        while (opened := text.find(start, at)) >= 0:
            kept.append(text[at:opened])
            closed = text.find(end, opened)
            at = closed + len(end) if closed >= 0 else len(text)
        text = "".join((*kept, text[at:]))
        text = text[text.rfind(end) + len(end) :] if end in text else text
    return text


@dataclass
class _Fence:
    indent: str
    mark: str
    tag: str

    def closed_by(self, line: str) -> bool:
        bare = line.strip()
        return len(bare) >= len(self.mark) and not bare.strip(self.mark[0])


def _fenced(text: str) -> Iterator[str]:
    """Contents of the fenced blocks tagged as Python or untagged, in order."""
    fence: _Fence | None = None
    block: list[str] = []
    for line in text.split("\n"):
        if fence is None:
            if match := _FENCE.fullmatch(line.rstrip("\r")):
                fence, block = _Fence(match["indent"], match["mark"], match["tag"].lower()), []
        elif fence.closed_by(line):
            yield from _content(fence, block)
            fence = None
        else:
            block.append(line)
    if fence is not None:
        yield from _content(fence, block)


def _content(fence: _Fence, block: list[str]) -> Iterator[str]:
    if fence.tag.strip("{}.") in _PYTHON_TAGS and sum(map(len, block)) <= LONGEST_CODE:
        code = "\n".join(block) + "\n"
        yield textwrap.dedent(code) if fence.indent else code


def _program(code: str) -> ast.Module | None:
    """The parsed program, or nothing if it does not parse, says nothing, or is longer than any program is run."""
    if len(code) > LONGEST_CODE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a candidate's invalid escapes are not our user's business
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if all(map(_says_nothing, tree.body)) else tree


def _says_nothing(statement: ast.stmt) -> bool:
    """A bare word or constant: ``No`` and ``None`` are answers in prose that happen to parse."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name | ast.Constant)


def _defined(body: list[ast.stmt]) -> set[str]:
    """Names that the statements bind at module level, also inside ``if``, ``try`` and ``with``."""
    names: set[str] = set()
    pending = list(body)
    while pending:  # and no recursion: thousands of ``elif`` lie in each other
        statement = pending.pop()
        names |= _bound(statement)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for part in ("body", "orelse", "finalbody"):
            pending += getattr(statement, part, ())
        for handler in getattr(statement, "handlers", ()):
            pending += handler.body
    return names


def _bound(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {alias.asname or alias.name for alias in aliases}
        case ast.Assign(targets=targets):
            return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()
