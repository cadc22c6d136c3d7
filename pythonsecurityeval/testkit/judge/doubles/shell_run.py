"""Carries out a parsed command line: expansion, pipes, redirections, built-in commands."""

from __future__ import annotations

import functools
import os
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pythonsecurityeval.testkit.judge.doubles.budget import OverdrawnError
from pythonsecurityeval.testkit.judge.doubles.shell_language import MOST_DEPTH, ShellSyntaxError, parse
from pythonsecurityeval.testkit.judge.doubles.shell_steps import MOST_OUTPUT, Steps
from pythonsecurityeval.testkit.judge.doubles.shell_tree import (
    CommandList,
    Group,
    Pipeline,
    Redirection,
    Simple,
    Substitution,
    Text,
    Variable,
    Word,
)

NOT_FOUND = 127
_SYNTAX = 2


class Place(Protocol):
    """Where redirections lead: files of the scratch folder, by the path the candidate uses."""

    def read(self, path: str) -> bytes | None:
        """The content, or None where there is no such file for the candidate."""

    def write(self, path: str, data: bytes, *, append: bool) -> bool:
        """Write; whether it was possible."""


Start = Callable[[list[str], bytes, str, Mapping[str, str]], tuple[int, bytes, bytes]]


class _Exit(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


@dataclass
class _Streams:
    stdin: bytes = b""
    out: bytearray = field(default_factory=bytearray)
    err: bytearray = field(default_factory=bytearray)

    def say(self, message: str) -> None:
        self.err += f"sh: 1: {message}\n".encode()


class Interpreter:
    """One shell process: its variables, its folder, its last status."""

    def __init__(
        self, start: Start, place: Place, cwd: str, env: Mapping[str, str], steps: Steps, *, depth: int = 0
    ) -> None:
        self._start = start
        self._steps = steps
        self._place = place
        self._cwd = cwd
        self._env = dict(env)
        self._variables = {"IFS": " \t\n", **env}
        self.status = 0
        self._depth = depth

    def run(self, text: str, stdin: bytes = b"", arguments: tuple[str, ...] = ()) -> tuple[int, bytes, bytes]:
        """Status, output and error output of a command line."""
        self._variables |= {str(n): value for n, value in enumerate(arguments)}
        streams = _Streams(stdin)
        try:
            self._steps.work(len(text))
            self.execute(parse(text, self._depth), streams)
        except OverdrawnError:
            streams.say("Cannot fork")
            self.status = _SYNTAX
        except ShellSyntaxError as error:
            streams.say(f"Syntax error: {error}")
            self.status = _SYNTAX
        except _Exit as end:
            self.status = end.code
        return self.status, bytes(streams.out[:MOST_OUTPUT]), bytes(streams.err[:MOST_OUTPUT])

    def execute(self, commands: CommandList, streams: _Streams) -> None:
        """Carry out pipelines in order."""
        for joint, pipeline in commands.parts:
            if joint == ";" or (joint == "&&") == (self.status == 0):
                self._pipeline(pipeline, streams)

    def _pipeline(self, pipeline: Pipeline, streams: _Streams) -> None:
        stdin = streams.stdin
        for command in pipeline.commands:
            step = _Streams(stdin, err=streams.err)
            if len(pipeline.commands) > 1:
                self._apart(functools.partial(Interpreter.command, command=command, outer=step))
            else:
                self.command(command, step)
            self._steps.move(step.out)
            stdin = bytes(step.out)
        streams.out += stdin
        self._steps.move(streams.out[MOST_OUTPUT:])
        if pipeline.negated:
            self.status = int(self.status == 0)

    def _apart(self, work: Callable[[Interpreter], None]) -> None:
        """Do ``work`` in a subshell, whose status becomes ours and whose variables do not."""
        child = self._forked()
        try:
            work(child)
            self.status = child.status
        except _Exit as end:
            self.status = end.code

    def _forked(self) -> Interpreter:
        if self._depth >= MOST_DEPTH:
            raise ShellSyntaxError("too deep")
        child = Interpreter(self._start, self._place, self._cwd, self._env, self._steps, depth=self._depth + 1)
        child.inherit(self._variables, self.status)
        return child

    def inherit(self, variables: Mapping[str, str], status: int) -> None:
        """Take over what a subshell sees of its parent."""
        self._variables = dict(variables)
        self.status = status

    def command(self, command: Simple | Group, outer: _Streams) -> None:
        """Carry out one command with its redirections."""
        self._steps.work()
        inner = _Streams(outer.stdin)
        sinks = self._redirect(command.redirections, inner, outer)
        if sinks is None:
            self.status = 1
            return
        try:
            if isinstance(command, Group):
                self._group(command, inner)
            else:
                self._simple(command, inner)
        finally:
            sinks[1](bytes(inner.out[:MOST_OUTPUT]))
            sinks[2](bytes(inner.err[:MOST_OUTPUT]))

    def _group(self, group: Group, streams: _Streams) -> None:
        if group.subshell:
            self._apart(lambda shell: shell.execute(group.body, streams))
        else:
            self.execute(group.body, streams)

    def _redirect(
        self, redirections: tuple[Redirection, ...], inner: _Streams, outer: _Streams
    ) -> dict[int, Callable[[bytes], object]] | None:
        sinks: dict[int, Callable[[bytes], object]] = {1: outer.out.extend, 2: outer.err.extend}
        for redirection in redirections:
            target = "".join(self._fields(redirection.to, split=False))
            if redirection.operator == "<":
                found = b"" if target == os.devnull else self._place.read(self._path(target))
                if found is None:
                    outer.say(f"cannot open {target}: No such file")
                    return None
                self._steps.move(found)
                inner.stdin = found
            elif redirection.operator == ">&" and target in {"1", "2"}:
                sinks[redirection.fd] = sinks[int(target)]
            elif sink := self._sink(target, append=redirection.operator == ">>"):
                fds = (1, 2) if redirection.fd == 12 else (redirection.fd,)  # noqa: PLR2004  `&>`: both outputs
                sinks |= dict.fromkeys(fds, sink)
            else:
                outer.say(f"cannot create {target}: Permission denied")
                return None
        return sinks

    def _sink(self, target: str, *, append: bool) -> Callable[[bytes], object] | None:
        if target == os.devnull:
            return lambda _: None
        path = self._path(target)
        if append:
            self._steps.move(self._place.read(path))
        if not self._place.write(path, b"", append=append):
            return None
        return lambda data: self._place.write(path, data, append=True) if data else None

    def _simple(self, command: Simple, streams: _Streams) -> None:
        argv = [text for word in command.words for text in self._fields(word, split=True)]
        extra = {name: "".join(self._fields(word, split=False)) for name, word in command.assignments}
        if not argv:
            self._variables |= extra
            self._env |= {name: value for name, value in extra.items() if name in self._env}
            self.status = 0 if not command.words else self.status
            return
        if (built_in := _BUILT_IN.get(argv[0])) is not None:
            self.status = built_in(self, argv, streams)
            return
        code, out, err = self._start(argv, streams.stdin, self._cwd, {**self._env, **extra})
        streams.out += out[:MOST_OUTPUT]
        streams.err += err[:MOST_OUTPUT] if code != NOT_FOUND or err else f"sh: 1: {argv[0]}: not found\n".encode()
        self.status = code

    def _fields(self, word: Word, *, split: bool) -> list[str]:
        fields: list[str] = []
        current: str | None = None
        for part in word:
            value = self._value(part)
            if not isinstance(part, Text):
                self._steps.work(len(value) + len(current or ""))
            if not split or part.quoted or isinstance(part, Text):
                current = (current or "") + value
                continue
            for index, (piece, broken) in enumerate(self._split(value)):
                if (index or broken) and current is not None:
                    fields.append(current)
                    current = None
                current = (current or "") + piece if piece else current
        return fields + ([current] if current is not None else [])

    def _split(self, value: str) -> list[tuple[str, bool]]:
        """Pieces of an unquoted expansion, each with whether a separator stands before it."""
        separators = self._variables.get("IFS", "")
        pieces = re.split(f"[{re.escape(separators)}]", value) if separators else [value]
        return [(piece, index > 0) for index, piece in enumerate(pieces)]

    def _value(self, part: Text | Variable | Substitution) -> str:
        if isinstance(part, Text):
            return part.value
        if isinstance(part, Variable):
            return self._variable(part.name) or part.default
        streams = _Streams()
        self._apart(lambda shell: shell.execute(part.body, streams))
        return bytes(streams.out[:MOST_OUTPUT]).decode("utf-8", "surrogateescape").rstrip("\n")

    def _variable(self, name: str) -> str:
        if name in {"@", "*"}:
            return " ".join(v for k, v in self._variables.items() if k.isdigit() and k != "0")
        return {"?": str(self.status), "$": "4242", "#": "0"}.get(name) or self._variables.get(name, "")

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self._cwd, name))

    def _echo(self, argv: list[str], streams: _Streams) -> int:
        bare = argv[1:2] == ["-n"]
        line = " ".join(argv[2 if bare else 1 :]) + ("" if bare else "\n")
        streams.out += line.encode("utf-8", "surrogateescape")
        return 0

    def _cd(self, argv: list[str], _: _Streams) -> int:
        self._cwd = self._path(argv[1] if len(argv) > 1 else self._variables.get("HOME", "/"))
        return 0

    def _export(self, argv: list[str], _: _Streams) -> int:
        for name, given, value in (argument.partition("=") for argument in argv[1:]):
            self._variables |= {name: value} if given else {}
            self._env[name] = self._variables.get(name, "")
        return 0

    def _exit(self, argv: list[str], _: _Streams) -> int:
        raise _Exit(int(argv[1]) % 256 if argv[1:] and argv[1].isdecimal() else self.status)

    def _eval(self, argv: list[str], streams: _Streams) -> int:
        child = self._forked()
        code, out, err = child.run(" ".join(argv[1:]), streams.stdin)
        streams.out += out
        streams.err += err
        return code

    def _exec(self, argv: list[str], streams: _Streams) -> int:
        code, out, err = self._start(argv[1:] or ["true"], streams.stdin, self._cwd, self._env)
        streams.out += out
        streams.err += err
        raise _Exit(code)


_BUILT_IN: dict[str, Callable[[Interpreter, list[str], _Streams], int]] = {
    ":": lambda *_: 0,
    "true": lambda *_: 0,
    "false": lambda *_: 1,
    "set": lambda *_: 0,
    "wait": lambda *_: 0,
    "echo": Interpreter._echo,  # noqa: SLF001  the table of the class's own commands
    "cd": Interpreter._cd,  # noqa: SLF001  as above
    "export": Interpreter._export,  # noqa: SLF001  as above
    "exit": Interpreter._exit,  # noqa: SLF001  as above
    "eval": Interpreter._eval,  # noqa: SLF001  as above
    "exec": Interpreter._exec,  # noqa: SLF001  as above
}
