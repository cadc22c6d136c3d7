"""The folder of a run: results are appended and flushed one by one, and a run can be taken up again.

run.json        what was asked: two runs are the same run if this file is the same
samples.jsonl   the code that is judged, with the raw text it came from
results.jsonl   one row a sample, in order of completion
summary.json    the numbers
canonical.jsonl the canonical view (contract, *Results*): the same bytes for the same inputs
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pythonsecurityeval._codec import decode, dumps, encode, result_from_row, result_row
from pythonsecurityeval._jsonl import MAX_LINE, Problems, read_object, read_rows, writable, write_lines
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.types import Prediction, TaskResult

_OURS = ("run.json", "samples.jsonl", "results.jsonl", "summary.json", "canonical.jsonl")
_MACHINE_DEPENDENT = ("environment", "timing", "sandbox")
_LONGEST_SAMPLE = 4 * MAX_LINE  # the longest row of predictions, escaped
_USAGE = ("cpu_s", "wall_s", "max_rss_mb")


class RunFolder:
    """Where one run keeps its results. Open it with `create` or `take_up`, then `append` and `finish`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: IO[bytes] | None = None

    # ---- opening

    @classmethod
    def create(
        cls, path: Path, identity: Mapping[str, Any], predictions: Iterable[Prediction], *, overwrite: bool
    ) -> RunFolder:
        """A new run; a folder that holds another one is refused, or with ``overwrite`` emptied of our files."""
        folder = cls(path)
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path}: is a file; choose a folder for --out")
        if any(os.path.lexists(path / name) for name in _OURS):
            if not overwrite:
                raise UsageError(f"{path}: holds a run already; use --resume, --overwrite or another --out")
            folder._clear()
        write_lines(path / "samples.jsonl", (dumps(_sample_row(prediction)) for prediction in predictions))
        write_lines(path / "run.json", [dumps(identity)])
        folder._open()
        return folder

    @classmethod
    def take_up(
        cls, path: Path, identity: Mapping[str, Any], predictions: Iterable[Prediction]
    ) -> tuple[RunFolder, list[TaskResult]]:
        """A run that was interrupted, with the results it has; what a kill left of a last line is dropped."""
        for name in _OURS:
            _holds(path / name)
        if not _holds(path / "run.json"):
            return cls.create(path, identity, predictions, overwrite=True), []
        if differences := _differences(read_json(path / "run.json"), dict(encode(identity))):
            raise UsageError(f"{path}: holds another run ({', '.join(differences)} differ); use another --out")
        _drop_torn_line(path / "results.jsonl")
        done = read_results(path / "results.jsonl", {p.key: p for p in predictions})
        folder = cls(path)
        folder._open()
        return folder, done

    def _open(self) -> None:
        with writable(self.path):
            place = self.path / "results.jsonl"
            opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            self._out = os.fdopen(opened, "ab", buffering=0)  # a buffer could fail once more when it is closed

    def _clear(self) -> None:
        with writable(self.path):
            for name in _OURS:
                (self.path / name).unlink(missing_ok=True)

    # ---- writing

    def append(self, result: TaskResult) -> None:
        """Adds one result, at once. Where the disk is full a torn line stays, which `take_up` drops."""
        if self._out is None:
            raise ValueError("the folder is closed")
        with writable(self.path / "results.jsonl"):
            rest = memoryview(f"{dumps(result_row(result))}\n".encode())
            while rest:
                rest = rest[self._out.write(rest) :]

    def results(self, predictions: Iterable[Prediction]) -> tuple[TaskResult, ...]:
        """All results so far, sorted. While a run goes on they are kept here only, so that it can be of any length."""
        found = read_results(self.path / "results.jsonl", {p.key: p for p in predictions})
        return tuple(sorted(found, key=lambda result: result.key))

    def finish(self, summary: Mapping[str, Any], results: Iterable[TaskResult]) -> None:
        """Writes the summary and the canonical view."""
        text = json.dumps(encode(summary), indent=2, allow_nan=False)
        write_lines(self.path / "summary.json", [text])
        write_lines(self.path / "canonical.jsonl", canonical_lines(summary, results))

    def close(self) -> None:
        """Closes the results file; harmless when closed already."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def remove(self) -> None:
        """Deletes the folder: for runs whose caller wanted no files."""
        self.close()
        shutil.rmtree(self.path, ignore_errors=True)


def canonical_lines(summary: Mapping[str, Any], results: Iterable[TaskResult]) -> Iterable[str]:
    """The canonical view: rows sorted and without their cost, then the summary without what a machine adds.

    Messages of tests stay out too: they are for people, and quote what a
    candidate drew at random or how long it took.
    """
    for result in sorted(results, key=lambda result: result.key):
        yield dumps(_canonical_row(result))
    yield dumps({key: item for key, item in encode(summary).items() if key not in _MACHINE_DEPENDENT})


def _canonical_row(result: TaskResult) -> dict[str, Any]:
    row = {key: item for key, item in result_row(result).items() if key not in _USAGE}
    for suite in ("functional", "security"):
        for test in row[suite]["tests"].values():
            del test["message"]
    return row


def read_results(path: Path, samples: Mapping[tuple[str, int], Prediction] | None = None) -> list[TaskResult]:
    """Rows of a ``results.jsonl``; with ``samples``, each row must belong to one of them.

    Raises:
        InputProblems: Rows that are malformed, stand twice or belong to other code.
    """
    if not _holds(path):
        return []
    problems, results, seen = Problems(str(path)), [], set()
    for line, row in read_rows(str(path), problems):
        try:
            result = result_from_row(row)
        except DecodeError as error:
            problems.add(line, error.message, error.path)
            continue
        if result.key in seen:
            problems.add(line, f"sample {result.sample_index} of {result.task_id} stands twice; score again")
        elif samples is not None and not _is_of(result, samples.get(result.key)):
            problems.add(line, f"not a sample of this run: {result.task_id}, {result.sample_index}; use --overwrite")
        seen.add(result.key)
        results.append(result)
    problems.raise_if_any()
    return results


def read_json(path: Path) -> dict[str, Any]:
    """One of the folder's JSON files.

    Raises:
        UsageError: It is not there, or is no JSON object.
    """
    if not _holds(path):
        raise UsageError(f"{path}: no such file; give the --out folder of a run")
    try:
        return read_object(path)
    except UsageError as error:
        raise UsageError(f"{error}; score again with --overwrite") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Identity:
    """The shape of ``run.json``."""

    version: str
    corpus: Mapping[str, Any]
    predictions: str
    tasks: tuple[str, ...]
    shard: tuple[int, int]
    scanner: str
    scan_only: bool
    timeout_s: float
    memory_mb: int


def read_identity(path: Path) -> dict[str, Any]:
    """What a run was asked, from its ``run.json``.

    Raises:
        UsageError: It is not there, or has another shape.
    """
    row = read_json(path)
    try:
        found = decode(_Identity, row)
        for key in ("name", "sha256"):
            decode(str, found.corpus.get(key), f"$.corpus.{key}")
    except DecodeError as error:
        raise UsageError(f"{path}: {error}; score again with --overwrite") from None
    return row


def read_samples(path: Path) -> list[Prediction]:
    """The samples of a run.

    Raises:
        UsageError: They are not there.
        InputProblems: Rows that are malformed.
    """
    if not _holds(path):
        raise UsageError(f"{path}: no such file; give the --out folder of a run")
    problems, samples = Problems(str(path)), []
    for line, row in read_rows(str(path), problems, longest=_LONGEST_SAMPLE):
        try:
            samples.append(decode(Prediction, row))
        except DecodeError as error:
            problems.add(line, error.message, error.path)
    problems.raise_if_any()
    return samples


def _holds(path: Path) -> bool:
    """Whether one of our files is there.

    Raises:
        UsageError: Something else has its name. A link would have us change, or wait for, a file elsewhere.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; choose another folder for --out") from None
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise UsageError(f"{path}: is a link, or no file; score again with --overwrite, or choose another --out")
    return True


def _is_of(result: TaskResult, sample: Prediction | None) -> bool:
    return sample is not None and (sample.code_sha256, sample.extraction) == (result.code_sha256, result.extraction)


def _sample_row(prediction: Prediction) -> dict[str, Any]:
    return {key: item for key, item in encode(prediction).items() if item or key in {"task_id", "sample_index", "code"}}


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


def _drop_torn_line(path: Path) -> None:
    """Cuts off what follows the last line end: a row that was being written when the run was killed."""
    if not _holds(path):
        return
    with path.open("rb+") as file:
        file.seek(0, os.SEEK_END)
        end = file.tell()
        while end > 0:
            start = max(0, end - 65536)
            file.seek(start)
            if (found := file.read(end - start).rfind(b"\n")) >= 0:
                file.truncate(start + found + 1)
                return
            end = start
        file.truncate(0)
