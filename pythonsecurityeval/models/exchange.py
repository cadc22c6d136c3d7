"""The form in which recorded calls are shipped: JSON lines, a head and then the calls sorted by key, as ``.jsonl.xz``.

The same calls give the same lines; the compressed bytes also depend on the version of liblzma. Whoever reads the form
checks every key against its request: an edited request is found. (An edited answer is not; that takes a signature or
the hash of the file, which a submission package records.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pythonsecurityeval._jsonl import Problems, read_rows, write_lines
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.models.calls import Call, ascii_line, call_from_row
from pythonsecurityeval.models.store import Head, Store, head_from_row

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.xz")
_OUT = ".jsonl.xz"
_ROW_OVERHEAD = 1000

MAX_SIZE = 512 * 2**20
"""Characters that are read from one shipped cassette: a few kilobytes can unpack to any size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a cassette holds: its head, and the answered calls by key, sorted."""

    head: Head
    calls: Mapping[str, Call]


def recording(path: Path) -> Recording:
    """The calls in a file: the shipped form by its ending, else SQLite.

    Raises:
        UsageError: It is no cassette, or was edited.
    """
    if path.name.endswith(SUFFIXES):
        return _shipped(path)
    with Store.open(path) as store:
        return Recording(head=store.head, calls={call.key: call for call in store.calls()})


def _shipped(path: Path) -> Recording:
    problems, calls, size = Problems(str(path)), dict[str, Call](), 0
    rows = read_rows(str(path), problems)
    head = _head(path, rows, problems)
    for line, row in rows:
        try:
            call = call_from_row(row, head.model)
        except DecodeError as error:
            problems.add(line, error.message, error.path)
            continue
        size += _ROW_OVERHEAD + sum(len(message.content) for message in call.request.messages) + len(call.reply.text)
        if size > MAX_SIZE:
            raise UsageError(f"{path}: holds more than {MAX_SIZE // 2**20} MB of text; ship it in parts")
        if call.key in calls:
            problems.add(line, f"call {call.key} stands twice; keep one")
        calls[call.key] = call
    problems.raise_if_any()
    return Recording(head=head, calls=calls)


def _head(path: Path, rows: Iterator[tuple[int, Any]], problems: Problems) -> Head:
    _, row = next(rows, (0, None))
    problems.raise_if_any()
    try:
        return head_from_row(row)
    except DecodeError as error:
        raise UsageError(
            f"{path}:1: not the head of a cassette ({error}); give a file that pse cassette export wrote"
        ) from None


def export(cassettes: Sequence[Path], out: Path, about: Mapping[str, Any]) -> int:
    """Writes the calls of several cassettes as one file, and gives their number.

    Where several have the same call, the first one's answer is taken.

    Args:
        cassettes: Cassettes of one model, at least one.
        out: A file ending in ``.jsonl.xz``.
        about: Added to what the first cassette knows of its model.

    Raises:
        UsageError: They are of different models, or ``out`` has another ending.
    """
    if not out.name.endswith(_OUT):
        raise UsageError(f"{out}: expected a name that ends in {_OUT}")
    recordings = [recording(path) for path in cassettes]
    head = recordings[0].head
    for path, other in zip(cassettes, recordings, strict=True):
        if other.head.model != head.model:
            raise UsageError(f"{path}: holds calls of {other.head.model}, not of {head.model}; export it apart")
    calls = {key: call for found in reversed(recordings) for key, call in found.calls.items()}
    head = Head(model=head.model, about={**head.about, **about})
    write_lines(out, map(ascii_line, [head, *(calls[key] for key in sorted(calls))]))
    return len(calls)
