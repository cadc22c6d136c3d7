"""JSON lines: read strictly, with every problem collected; write so that nothing is half-written.

The reader takes hostile files: a line is bounded, duplicate keys, NaN, wrong
UTF-8 and a byte order mark are problems of their own line, and reading goes on.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import lzma
import math
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from pythonsecurityeval.errors import InfrastructureError, InputProblems, UsageError

MAX_LINE = 16 * 2**20
"""Bytes of the longest line that is read; longer ones are a problem of the input."""

MAX_PROBLEMS = 50
"""How many problems are listed; the others are counted."""

MAX_DEPTH = 64
"""Levels of arrays and objects in a row; whatever goes through a row may then call itself for each."""

_BOM = b"\xef\xbb\xbf"


class Problems:
    """Collects what is wrong with one input, as ``name:line: $.path: message``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.listed: list[str] = []
        self.hidden = 0

    def add(self, line: int, message: str, path: str = "$") -> None:
        """One more problem; ``line`` counts from 1, and 0 means the whole input."""
        if len(self.listed) >= MAX_PROBLEMS:
            self.hidden += 1
            return
        where = f"{self.name}:{line}: {path}: " if line else f"{self.name}: "
        self.listed.append(where + message)

    def raise_if_any(self) -> None:
        """Raises `InputProblems` if there is a problem."""
        if self.listed:
            raise InputProblems(self.listed, self.hidden)


class _BadLine(ValueError):
    """What is wrong with one line."""


def read_rows(source: str, problems: Problems, *, longest: int = MAX_LINE) -> Iterator[tuple[int, Any]]:
    """Rows of a JSON-lines file with their line number; lines that are no JSON are reported instead.

    Args:
        source: A path, plain or ending in ``.gz`` or ``.xz``, or ``-`` for standard input.
        problems: Where problems go; reading goes on after one.
        longest: Bytes of the longest line.

    Raises:
        UsageError: The file cannot be opened or read at all.
    """
    with _opened(source) as stream, _readable(source):
        for number, line in enumerate(_lines(stream, longest), start=1):
            try:
                row = _parse(line, longest, first=number == 1)
            except _BadLine as error:
                problems.add(number, str(error))
                continue
            if row is not _BLANK:
                yield number, row


_BLANK = object()
_TOO_DEEP = "nested too deeply; a row is a flat object"


@contextlib.contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
        return
    with _readable(source):
        raw = Path(source).open("rb")  # noqa: SIM115 - closed two lines below
    with raw:
        yield _unpacked(raw, source)


def _unpacked(raw: BinaryIO, source: str) -> BinaryIO:
    if source.endswith(".gz"):
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if source.endswith(".xz"):
        return io.BufferedReader(lzma.LZMAFile(raw))
    return raw


@contextlib.contextmanager
def _readable(source: str) -> Iterator[None]:
    """Says in one line why a file cannot be read."""
    try:
        yield
    except FileNotFoundError:
        raise UsageError(f"{source}: no such file; give a JSON-lines file, or - for standard input") from None
    except IsADirectoryError:
        raise UsageError(f"{source}: is a directory; give the JSON-lines file inside it") from None
    except PermissionError:
        raise UsageError(f"{source}: not readable by this user; change its permissions") from None
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        kind = "xz" if source.endswith(".xz") else "gzip"
        raise UsageError(f"{source}: not a whole {kind} file ({error}); compress it again, or rename it") from None


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """Lines without their end; of one that is too long, only the first ``longest + 1`` bytes."""
    while line := stream.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        yield line if len(line) > longest else line.rstrip(b"\r\n")


def _parse(line: bytes, longest: int, *, first: bool) -> Any:
    if len(line) > longest:
        raise _BadLine(f"longer than {longest // 2**20} MB; a sample of that size is no program, drop it")
    if first and line.startswith(_BOM):
        raise _BadLine("starts with a byte order mark; save the file as UTF-8 without it")
    if not line.strip():
        return _BLANK
    try:
        return _shallow(
            json.loads(
                line.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
            )
        )
    except UnicodeDecodeError as error:
        raise _BadLine(f"not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _BadLine(f"not JSON: {error.msg} at column {error.colno}; every line must be one JSON object") from None
    except RecursionError:
        raise _BadLine(_TOO_DEEP) from None
    except ValueError as error:  # ours, and the interpreter's limit on digits
        raise _BadLine(str(error)) from None


def _shallow(row: Any) -> Any:
    """The row, if it does not nest too deeply."""
    level, depth = [row], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise _BadLine(_TOO_DEEP)
        inner = (item.values() if type(item) is dict else item for item in level if type(item) in {dict, list})
        level = [value for values in inner for value in values]
    return row


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _BadLine(f"{text:.40} is larger than any number here; write it as a string or leave the key out")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _BadLine(f"key {twice!r} stands twice; keep one")
    return row


def _no_constant(name: str) -> NoReturn:
    raise _BadLine(f"{name} is not JSON; use null or leave the key out")


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object that a whole file holds, read as strictly as a row.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    with _opened(str(path)) as stream, _readable(str(path)):
        text = stream.read(MAX_LINE + 1)
    try:
        found = _parse(text, MAX_LINE, first=True)
    except _BadLine as error:
        raise UsageError(f"{path}: {error}") from None
    if type(found) is not dict:
        raise UsageError(f"{path}: not a JSON object")
    return found


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes a whole file or nothing: the text appears under its name only when it is complete.

    A name that ends in ``.xz`` is compressed: the same lines give the same bytes with the same version of liblzma.

    Raises:
        InfrastructureError: The disk is full or the folder cannot be written.
    """
    with _draft(path) as raw, _packed(raw, path) as out:
        out.writelines(f"{line}\n".encode() for line in lines)


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a whole file or nothing, as `write_lines` does."""
    with _draft(path) as out:
        out.write(data)


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place when all is written, and goes away if something fails."""
    with writable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            umask = os.umask(0)
            os.umask(umask)
            Path(draft).chmod(0o666 & ~umask)  # what open() would have given, instead of mkstemp's private mode
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise


def _packed(raw: BinaryIO, path: Path) -> contextlib.AbstractContextManager[Any]:
    if path.name.endswith(".xz"):
        return lzma.LZMAFile(raw, "wb", preset=9 | lzma.PRESET_EXTREME)
    return contextlib.nullcontext(raw)


@contextlib.contextmanager
def writable(path: Path) -> Iterator[None]:
    """Says in one line why a file cannot be written."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise InfrastructureError(f"{path}: cannot be written: {why}; free space or choose another --out") from error
