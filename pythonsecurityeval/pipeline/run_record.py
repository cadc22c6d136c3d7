"""The folder of a submission's run: what it answered, how it came to it, and how to run it again.

manifest.json     what was asked, and in the end what came of it; two runs are the same run if the former is the same
calls.sqlite      every answer of the model (a cassette): with --resume no call is made twice
initial.jsonl     the code before refinement, where the run generated it itself
predictions.jsonl what is to be scored
traces.jsonl      every call and every attempt, a row a sample
attempts.jsonl    every attempt as a prediction, so that it can be scored again without the model
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from pythonsecurityeval._codec import dumps, encode
from pythonsecurityeval._jsonl import write_lines
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.pipeline.predictions import digest
from pythonsecurityeval.pipeline.run_folder import read_json
from pythonsecurityeval.solving import Attempt, Trace
from pythonsecurityeval.types import Extraction, Prediction

MANIFEST = "manifest.json"
CALLS = "calls.sqlite"
INITIAL = "initial.jsonl"
PREDICTIONS = "predictions.jsonl"
TRACES = "traces.jsonl"
ATTEMPTS = "attempts.jsonl"
_NOT_ASKED = ("command", "outcome")
"""What a manifest says besides what was asked."""


def open_folder(path: Path, identity: Mapping[str, Any], *, resume: bool) -> None:
    """Makes the folder and writes what is asked; with ``resume`` it may hold the same run already.

    Args:
        path: The folder.
        identity: What is asked.
        resume: Go on with what the folder holds.

    Raises:
        UsageError: The folder holds a run, and it is not to be resumed or is another one.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path}: is a file; choose a folder for --out")
    manifest = path / MANIFEST
    if manifest.exists():
        if not resume:
            raise UsageError(f"{path}: holds a run already; use --resume or another --out")
        before = {key: item for key, item in read_json(manifest).items() if key not in _NOT_ASKED}
        now = json.loads(dumps(identity))
        if differing := sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key)):
            raise UsageError(f"{path}: holds another run ({', '.join(differing)} differ); use another --out")
        return
    _write_json(manifest, identity)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What a run brought: traces of the generation, the code before refinement, traces of the refinement."""

    generated: tuple[Trace, ...] = ()
    initial: tuple[Prediction, ...] = ()
    patched: tuple[Trace, ...] = ()

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Those of the submission itself."""
        return self.patched or self.generated


def finish_folder(
    path: Path, identity: Mapping[str, Any], solved: Solved, *, system: Mapping[str, Any], command: Sequence[str]
) -> None:
    """Writes all that came of a run, the manifest last.

    Args:
        path: The folder.
        identity: What was asked.
        solved: What it brought.
        system: What every prediction says under ``meta`` of where it comes from.
        command: What runs it again, word by word.
    """
    if solved.patched:
        system = {**system, "initial_sha256": digest(solved.initial)}
        rows = list(_patched_rows(solved, system))
        if solved.generated:
            write_lines(
                path / INITIAL, map(dumps, _generated_rows(solved.generated, {**system, "submission": "generated"}))
            )
    else:
        rows = list(_generated_rows(solved.generated, system))
    write_lines(path / PREDICTIONS, map(dumps, rows))
    write_lines(path / TRACES, (dumps(encode(trace)) for trace in (*solved.generated, *solved.patched)))
    write_lines(path / ATTEMPTS, map(dumps, _attempt_rows(solved.traces)))
    _write_json(path / MANIFEST, {**identity, "command": list(command), "outcome": _outcome(path, solved)})


def prediction(trace: Trace) -> Prediction:
    """What a generating submission answered, as it is read back from its predictions."""
    attempt = None if trace.kept is None else trace.attempts[trace.kept]
    raw = _raw(trace)
    if attempt is None or raw is None:
        extraction = Extraction.SOLUTION if trace.code.strip() else Extraction.NO_CODE
        return Prediction(
            task_id=trace.task_id, sample_index=trace.sample_index, code=trace.code, extraction=extraction
        )
    return Prediction(
        task_id=trace.task_id, sample_index=trace.sample_index, code=trace.code, extraction=attempt.extraction, raw=raw
    )


def _outcome(path: Path, solved: Solved) -> dict[str, Any]:
    calls = [call for trace in (*solved.generated, *solved.patched) for call in trace.calls]
    flagged = [trace for trace in solved.patched if trace.initial and trace.initial.scan.status == "flagged"]
    return {
        "samples": len(solved.traces),
        "flagged": len(flagged) if solved.patched else None,
        "calls": len(calls),
        "input_tokens": sum(call.reply.input_tokens or 0 for call in calls),
        "output_tokens": sum(call.reply.output_tokens or 0 for call in calls),
        "seconds": round(math.fsum(call.reply.seconds for call in calls), 3),
        "predictions_sha256": hashlib.sha256((path / PREDICTIONS).read_bytes()).hexdigest(),
    }


def _generated_rows(traces: Iterable[Trace], system: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for trace in traces:
        raw = _raw(trace)
        yield _row(trace, system) | ({"solution": trace.code} if raw is None else {"completion": raw})


def _raw(trace: Trace) -> str | None:
    """The answer as it came, where its code is what was kept, so that the rules of *Predictions* find it again."""
    single = len(trace.calls) == len(trace.attempts) == 1 and trace.attempts[0].code == trace.code
    return trace.calls[0].reply.text if single else None


def _patched_rows(solved: Solved, system: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    before = {given.key: given for given in solved.initial}
    for trace in solved.patched:
        given = before[trace.key]
        unchanged = bool(given.raw) and trace.code == given.code
        yield _row(trace, system) | ({"completion": given.raw} if unchanged else {"solution": trace.code})


def _row(trace: Trace, system: Mapping[str, Any]) -> dict[str, Any]:
    meta = {**system, "calls": len(trace.calls), "attempts": len(trace.attempts), "kept": trace.kept}
    return {"task_id": trace.task_id, "sample_index": trace.sample_index, "meta": meta}


def _attempt_rows(traces: Iterable[Trace]) -> Iterator[dict[str, Any]]:
    """Attempts of a task are numbered through, over its samples; the code that a sample began with comes first."""
    numbers: dict[str, int] = {}
    for trace in traces:
        began: tuple[Attempt, ...] = () if trace.initial is None else (trace.initial,)
        for attempt in (*began, *trace.attempts):
            number = numbers[trace.task_id] = numbers.get(trace.task_id, -1) + 1
            meta = {"submission": trace.submission, "sample_index": trace.sample_index, "step": attempt.step}
            yield {"task_id": trace.task_id, "sample_index": number, "solution": attempt.code, "meta": meta}


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    write_lines(path, [json.dumps(encode(data), indent=2, ensure_ascii=False, allow_nan=False)])
