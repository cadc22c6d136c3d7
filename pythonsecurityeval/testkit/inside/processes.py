"""Processes: the judge says what a program does, a fork of this process does it, with a real pid and real pipes."""

from __future__ import annotations

import _posixsubprocess
import contextlib
import errno
import os
import shutil
import signal
import subprocess
import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pythonsecurityeval.testkit.inside.faults import deliberate, replace, seam
from pythonsecurityeval.testkit.inside.line import JUDGE

Argv = str | list[str]
_CHUNK = 1 << 16
_BROWSER = "xdg-open"
_NOT_STARTED = 127


def _text(value: Any) -> str:
    try:
        text = os.fsdecode(value)
    except TypeError:
        raise deliberate(TypeError(f"expected str, bytes or os.PathLike object, not {type(value).__name__}")) from None
    if "\0" in text:
        raise deliberate(ValueError("embedded null byte"))
    return text


def _argv(args: Any) -> Argv:
    if isinstance(args, str | bytes | os.PathLike):
        return _text(args)
    if not isinstance(args, Iterable):
        raise deliberate(TypeError(f"{type(args).__name__!r} object is not iterable"))
    argv = [_text(arg) for arg in args]
    if not argv:
        raise deliberate(ValueError("no program to start"))
    return argv


def _run(argv: Argv, *, shell: bool, stdin: bytes = b"", cwd: Any = None, env: Any = None) -> tuple[int, bytes, bytes]:
    """Exit status, output and error output of a program, as the judge has it."""
    place = str(Path.cwd()) if cwd is None else _text(cwd)
    around = {_text(k): _text(v) for k, v in (os.environ if env is None else env).items()}
    answer: tuple[int, bytes, bytes] = JUDGE.line.ask("shell", argv, shell, stdin, place, around)
    return answer


def _which(argv: Argv, *, shell: bool) -> None:
    """Raise here, in the parent, what a program that is not there raises."""
    JUDGE.line.ask("which", argv, shell)


def _start(argv: Argv, *, shell: bool, cwd: Any, env: Any, fds: tuple[int, int, int], close: set[int]) -> int:
    """Start a program; without input of its own it has run by the time it is started, so that nobody needs to wait.

    Args:
        argv: The program with its arguments, or a command line.
        shell: Whether a shell reads it.
        cwd: Its folder; None for ours.
        env: Its environment; None for ours.
        fds: Its standard input, output and error output; -1 for ours.
        close: Descriptors of the parent that it must not keep open.
    """
    _which(argv, shell=shell)
    piped = fds[0] >= 0
    result = None if piped else _run(argv, shell=shell, cwd=cwd, env=env)
    pid = os.fork()
    if pid:
        return pid
    status = _NOT_STARTED
    try:
        for fd in close:
            os.close(fd)
        if result is None:
            result = _run(argv, shell=shell, stdin=_drained(fds[0]), cwd=cwd, env=env)
        _pour(result[1], 1 if fds[1] < 0 else fds[1])
        _pour(result[2], 2 if fds[2] < 0 else fds[2])
        status = result[0]
    finally:
        if status < 0:
            os.kill(os.getpid(), -status)
        os._exit(status & 0xFF)


def _drained(fd: int) -> bytes:
    parts = []
    while part := os.read(fd, _CHUNK):
        parts.append(part)
    return b"".join(parts)


def _pour(data: bytes, fd: int) -> None:
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(fd, data) :]


@seam
def _execute_child(
    self: Any,
    args: Any,
    executable: Any,
    preexec_fn: Any,
    close_fds: Any,
    pass_fds: Any,
    cwd: Any,
    env: Any,
    startupinfo: Any,
    creationflags: Any,
    shell: Any,
    p2cread: int,
    p2cwrite: int,
    c2pread: int,
    c2pwrite: int,
    errread: int,
    errwrite: int,
    *rest: Any,
) -> None:
    del preexec_fn, close_fds, pass_fds, startupinfo, creationflags, rest
    try:
        argv = _argv(args)
        if executable is not None and not shell:
            argv = [_text(executable), *(argv[1:] if isinstance(argv, list) else ())]
        if cwd is not None and not Path(os.fsdecode(cwd)).is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), cwd)
        theirs = {p2cwrite, c2pread, errread} - {-1}
        fds = p2cread, c2pwrite, errwrite
        self.pid = _start(argv, shell=bool(shell), cwd=cwd, env=env, fds=fds, close=theirs)
        self._child_created = True
    finally:
        self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)


@seam
def _system(command: Any) -> int:
    code = _run(_text(command), shell=True)[0]
    return code << 8 if code >= 0 else -code


class Replaced(SystemExit):
    """This process would be another program now; in the candidate's own process that is its end."""


@seam
def _exec(path: Any, args: Sequence[Any], env: Mapping[Any, Any] | None = None) -> NoReturn:
    program, argv = _text(path), [_text(arg) for arg in args]
    argv = [program, *argv[1:]]
    _which(argv, shell=False)
    code, out, err = _run(argv, shell=False, env=env)
    _pour(out, 1)
    _pour(err, 2)
    if os.getpid() != JUDGE.pid:
        os._exit(code & 0xFF)
    raise Replaced(code)


@seam
def _spawn(path: Any, argv: Sequence[Any], env: Mapping[Any, Any] | None = None, **_: Any) -> int:
    words = [_text(path), *(_text(arg) for arg in argv[1:])]
    return _start(words, shell=False, cwd=None, env=env, fds=(-1, -1, -1), close=set())


@seam
def _shutil_which(cmd: Any, mode: int = os.F_OK | os.X_OK, path: Any = None) -> str | None:
    del mode, path
    name = _text(cmd)
    return (name if "/" in name else f"/usr/bin/{name}") if JUDGE.line.ask("has", name) else None


@seam
def _open_browser(url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: FBT001, FBT002  its signature
    del new, autoraise
    try:
        return _run([_BROWSER, _text(url)], shell=False)[0] == 0
    except FileNotFoundError:
        return False


def _refuse(*_: Any) -> NoReturn:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def install() -> None:
    """Cut everything that starts a program."""
    replace(subprocess.Popen, _execute_child=_execute_child)
    replace(os, system=_system, execv=_exec, execve=_exec, posix_spawn=_spawn, posix_spawnp=_spawn)
    replace(shutil, which=_shutil_which)
    replace(webbrowser, open=_open_browser)
    replace(_posixsubprocess, fork_exec=_refuse)
