"""Programs and the shell that starts them.

Imitates: programs by name, their output, status and standard input; a shell
that really interprets what it is given (see `shell_language`) and whose
redirections write real files of the scratch folder; programs that are not
there. Does not imitate: globbing, control structures, signals, a terminal,
programs that run at the same time (``&`` runs them in order).
"""

from __future__ import annotations

import contextlib
import errno
import os
import posixpath
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from pythonsecurityeval.testkit.judge.doubles.shell_language import MOST_DEPTH
from pythonsecurityeval.testkit.judge.doubles.shell_run import NOT_FOUND, Interpreter
from pythonsecurityeval.testkit.judge.doubles.shell_steps import MOST_OUTPUT, Steps

Result = tuple[int, bytes | str, bytes | str]
Program = Callable[[list[str], bytes], Result | bytes | str | None]

_SHELLS = {"sh", "bash", "dash", "ash", "zsh"}
_MOST_STARTED = 500
_BROKEN = 1


class Folder(Protocol):
    """What the shell needs of the test's files; names are relative to the root."""

    @property
    def root(self) -> str:
        """The folder as the candidate sees it."""

    def read(self, name: str) -> bytes:
        """Content of a file."""

    def write(self, name: str, data: bytes) -> str:
        """Write a file."""

    def exists(self, name: str) -> bool:
        """Whether there is a file."""


class Shell:
    """The programs of one test.

    Attributes:
        started: Arguments of every program that somebody tried to start, in order, there or not.
        asked: Names of programs that somebody looked for without starting them, in order.
        written: Files that redirections opened for writing, as absolute paths, possible or not.
        faults: Errors of the test's own callables.
    """

    def __init__(self, files: Folder, faults: list[Exception]) -> None:
        self.started: list[list[str]] = []
        self.asked: list[str] = []
        self.written: list[str] = []
        self.faults = faults
        self._place = _Scratch(files, self.written)
        self._programs: dict[str, Program] = {}
        self._lock = threading.Lock()
        self._steps = Steps()
        self.standard()

    def program(self, name: str, out: str | bytes | Program = "", *, code: int = 0, err: str | bytes = "") -> None:
        """Install a program.

        Args:
            name: Its name without a folder; it is found in every folder.
            out: Its output, or ``f(argv, stdin)`` that returns ``(code, out, err)`` or just the output.
            code: Its exit status.
            err: Its error output.
        """
        if callable(out):
            self._programs[name] = out
        else:
            self._programs[name] = lambda argv, stdin: (code, out, err)  # noqa: ARG005  the form of every program

    def standard(self) -> None:
        """Install ``cat``, ``touch``, ``id``, ``whoami`` and ``sleep``; the first two act on the scratch folder.

        They are there from the start, in every test: a candidate could tell tests by what is missing.
        """
        self._programs |= {
            "cat": self._cat,
            "touch": self._touch,
            "id": lambda *_: "uid=1000(app) gid=1000(app)\n",
            "whoami": lambda *_: "app\n",
            "sleep": lambda *_: "",
        }

    def ran(self, name: str) -> list[list[str]]:
        """The arguments of each try to start the program of that name."""
        return [argv for argv in self.started if posixpath.basename(argv[0]) == name]

    def which(self, argv: Any, shell: bool) -> None:  # noqa: FBT001  the form of the wire
        """Check that a program is there.

        Raises:
            FileNotFoundError: It is not, and no shell stands between.
        """
        if shell:
            return
        words = _words(argv)
        if not self._knows(words[0]):
            self._record(words)
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), words[0])

    def has(self, name: str) -> bool:
        """Whether there is a program of that name; the question is noted."""
        if len(self.asked) < _MOST_STARTED:
            self.asked.append(name)
        return self._knows(name)

    def run(
        self,
        argv: Any,
        shell: bool,  # noqa: FBT001  the form of the wire
        stdin: bytes = b"",
        cwd: str = "",
        env: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, bytes]:
        """Run a program, or a shell on a command line, to its end.

        Raises:
            FileNotFoundError: There is no such program, and no shell stands between.
        """
        words = _words(argv)
        folder = cwd or self._place.root
        environment = dict(env or {})
        if shell:
            return self._interpret(words[0], ("sh", *words[1:]), stdin, folder, environment, 0)
        self.which(words, shell=False)
        return self._start(words, stdin, folder, environment)

    def attempted(self, argv: list[str]) -> bool:
        """Somebody tried to start a program past the seams: it is recorded and does what it does, unheard.

        Returns:
            Whether it was recorded; not if there are too many.
        """
        before = len(self.started)
        with contextlib.suppress(OSError):
            self.run(argv, shell=False)
        return len(self.started) > before

    def _interpret(
        self, text: str, arguments: tuple[str, ...], stdin: bytes, cwd: str, env: Mapping[str, str], depth: int
    ) -> tuple[int, bytes, bytes]:
        def start(argv: list[str], fed: bytes, where: str, variables: Mapping[str, str]) -> tuple[int, bytes, bytes]:
            return self._start(argv, fed, where, variables, depth + 1)

        if depth > MOST_DEPTH:
            return _BROKEN, b"", b"Cannot fork\n"
        return Interpreter(start, self._place, cwd, env, self._steps, depth=depth).run(text, stdin, arguments)

    def _start(
        self, argv: list[str], stdin: bytes, cwd: str, env: Mapping[str, str], depth: int = 0
    ) -> tuple[int, bytes, bytes]:
        if not self._record(argv):
            return _BROKEN, b"", b"Cannot fork\n"
        name = posixpath.basename(argv[0])
        program = self._programs.get(name)
        if program is None and name in _SHELLS:
            return self._inner_shell(argv, stdin, cwd, env, depth)
        if program is None:
            return NOT_FOUND, b"", b""
        try:
            return _result(program(list(argv), stdin))
        except Exception as error:  # noqa: BLE001  the test's own callable: its fault is kept, not the candidate's
            self.faults.append(error)
            return _BROKEN, b"", b""

    def _inner_shell(
        self, argv: list[str], stdin: bytes, cwd: str, env: Mapping[str, str], depth: int
    ) -> tuple[int, bytes, bytes]:
        flags = [index for index, word in enumerate(argv) if index and word.startswith("-") and word.endswith("c")]
        if flags and len(argv) > flags[0] + 1:
            text, arguments, fed = argv[flags[0] + 1], argv[flags[0] + 2 :], stdin
        elif len(argv) > 1:
            script = self._place.read(posixpath.normpath(posixpath.join(cwd, argv[1])))
            if script is None:
                return NOT_FOUND, b"", b"sh: 0: cannot open script\n"
            text, arguments, fed = script.decode("utf-8", "surrogateescape"), argv[1:], stdin
        else:
            text, arguments, fed = stdin.decode("utf-8", "surrogateescape"), [], b""
        return self._interpret(text, tuple(arguments), fed, cwd, env, depth + 1)

    def _record(self, argv: list[str]) -> bool:
        with self._lock:
            if len(self.started) < _MOST_STARTED:
                self.started.append(list(argv))
                return True
            return False

    def _knows(self, name: str) -> bool:
        return posixpath.basename(name) in self._programs.keys() | _SHELLS

    def _cat(self, argv: list[str], stdin: bytes) -> Result:
        if not argv[1:]:
            return 0, stdin, b""
        data, missing = bytearray(), ""
        for name in argv[1:]:
            found = self._place.read(self._place.absolute(name))
            missing += "" if found is not None else f"cat: {name}: No such file or directory\n"
            data += found or b""
            if len(data) > MOST_OUTPUT:
                break
        return int(bool(missing)), bytes(data[:MOST_OUTPUT]), missing

    def _touch(self, argv: list[str], _: bytes) -> Result:
        done = [self._place.touch(self._place.absolute(name)) for name in argv[1:]]
        return int(not all(done)), b"", b""


class _Scratch:
    """Absolute paths of the candidate, led to the test's files; everything else is refused."""

    def __init__(self, files: Folder, written: list[str]) -> None:
        self._files = files
        self._written = written

    @property
    def root(self) -> str:
        return str(self._files.root)

    def absolute(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self.root, name))

    def read(self, path: str) -> bytes | None:
        name = self._name(path)
        try:
            return None if name is None else self._files.read(name)
        except OSError:
            return None

    def touch(self, path: str) -> bool:
        name = self._name(path)
        if name is None or not self._files.exists(name):
            return self.write(path, b"", append=True)
        self._written.append(path)
        return True

    def write(self, path: str, data: bytes, *, append: bool) -> bool:
        if not data:
            self._written.append(path)
        name = self._name(path)
        if name is None:
            return False
        before = (self.read(path) or b"") if append else b""
        try:
            self._files.write(name, before + data)
        except OSError:
            return False
        return True

    def _name(self, path: str) -> str | None:
        name = posixpath.relpath(path, self.root)
        return None if name == "." or name.split("/", 1)[0] == ".." else name


def _words(argv: Any) -> list[str]:
    if isinstance(argv, (str, bytes, os.PathLike)) or not isinstance(argv, Sequence):
        argv = [argv]
    return [os.fsdecode(word) if isinstance(word, (str, bytes, os.PathLike)) else str(word) for word in argv] or [""]


def _bytes(value: bytes | str) -> bytes:
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def _result(given: Result | bytes | str | None) -> tuple[int, bytes, bytes]:
    if isinstance(given, tuple):
        code, out, err = given
        return int(code), _bytes(out), _bytes(err)
    return 0, _bytes(given or b""), b""
