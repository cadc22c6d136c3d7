"""The tree of a command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Text:
    """Characters as they are."""

    value: str
    quoted: bool


@dataclass(frozen=True)
class Variable:
    """``$name``, with what stands for it where it is unset or empty."""

    name: str
    quoted: bool
    default: str = ""


@dataclass(frozen=True)
class Substitution:
    """``$(commands)``: their output."""

    body: CommandList
    quoted: bool


Word = tuple[Text | Variable | Substitution, ...]


@dataclass(frozen=True)
class Redirection:
    """``fd`` is 0, 1, 2, or 12 for both outputs; ``to`` names a file, or a descriptor after ``>&``."""

    fd: int
    operator: Literal["<", ">", ">>", ">&"]
    to: Word


@dataclass(frozen=True)
class Simple:
    """Assignments, the words of one command, its redirections."""

    assignments: tuple[tuple[str, Word], ...]
    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...]


@dataclass(frozen=True)
class Group:
    """``( … )`` or ``{ …; }``."""

    body: CommandList
    redirections: tuple[Redirection, ...]
    subshell: bool


@dataclass(frozen=True)
class Pipeline:
    """Commands each fed by the one before."""

    commands: tuple[Simple | Group, ...]
    negated: bool = False


@dataclass(frozen=True)
class CommandList:
    """Pipelines in order, each with what joins it to the one before: ``;``, ``&&`` or ``||``."""

    parts: tuple[tuple[str, Pipeline], ...]
