"""A run without a model: what it would send, and how many calls to expect."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import final

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.pipeline.assignments import Assignments
from pythonsecurityeval.pipeline.run_options import PRESETS, Chosen, RunOptions, choose, preset_of
from pythonsecurityeval.pipeline.running import GENERATED
from pythonsecurityeval.scanners import open_scanner, scan_many
from pythonsecurityeval.solving import Assignment, Attempt, Track
from pythonsecurityeval.types import Extraction, Finding, Scanned, ScanResult

_FINDING = Finding(
    rule_id="B000",
    rule_name="rule",
    cwe="",
    severity="LOW",
    confidence="LOW",
    line=1,
    message="<what the scanner says>",
)
_LISTED = 1000


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What one submission would ask.

    Attributes:
        name: The submission.
        sampling: How the answers would be drawn.
        samples: All samples.
        flagged: Those that would be refined; None where the code is not written yet, or where all are written.
        fewest: Calls if every first attempt is clean; where nobody knows what is flagged, if nothing is.
        most: Calls if no attempt ever is, and everything unknown is flagged.
        example: Each prompt that the first sample would send, with its step; answers not known stand as ``<…>``.
    """

    name: str
    sampling: Sampling
    samples: int
    flagged: int | None
    fewest: int
    most: int
    example: tuple[tuple[str, str], ...]


async def rehearse(
    submission: str,
    corpus: str,
    corpus_path: str | os.PathLike[str] | None,
    initial: str | None,
    options: RunOptions,
) -> list[Stage]:
    """What a run would ask; nothing is asked and nothing is written.

    Raises:
        UsageError: Bad input or options, as for the run.
    """
    assignments = Assignments.load(corpus, corpus_path, initial, options)
    preset = preset_of(options, {})
    chosen = choose(submission, preset)
    assignments.check(submission, chosen.submission.track)

    def draw(track: Track) -> Sampling:
        return PRESETS[preset].draw(track, options)

    to_generate = [job.assignment for job in assignments.to_generate()]
    if chosen.submission.track == "generate":
        return [await _stage(chosen, draw("generate"), to_generate, len(to_generate))]
    if assignments.initial is None:
        first = await _stage(choose(GENERATED, preset), draw("generate"), to_generate, len(to_generate))
        unknown = [replace(a, code="<the generated code>", findings=(_FINDING,)) for a in to_generate]
        return [first, replace(await _stage(chosen, draw("patch"), unknown, len(unknown)), fewest=0, flagged=None)]
    flagged = list(_flagged(assignments))
    stage = await _stage(chosen, draw("patch"), flagged, len(assignments.initial))
    return [replace(stage, flagged=len(flagged))]


def _flagged(assignments: Assignments) -> Iterator[Assignment]:
    jobs = assignments.to_patch(assignments.initial or ())
    with open_scanner() as scanner:
        scans = scan_many(scanner, (job.initial.code for job in jobs if job.initial))
        for job, scan in zip(jobs, scans, strict=True):
            if job.initial and isinstance(scan, Scanned) and scan.findings:
                yield replace(job.assignment, code=job.initial.code, findings=scan.findings)


async def _stage(chosen: Chosen, sampling: Sampling, assignments: Sequence[Assignment], samples: int) -> Stage:
    fewest = [len(await _asked(chosen, assignment, _numbered, clean=True)) for assignment in assignments]
    most = [len(await _asked(chosen, assignment, _numbered, clean=False)) for assignment in assignments]
    example = await _asked(chosen, assignments[0], _placeholder, clean=False) if assignments else []
    return Stage(
        name=chosen.name,
        sampling=sampling,
        samples=samples,
        flagged=None,
        fewest=sum(fewest),
        most=sum(most),
        example=tuple({text: (step, text) for step, text in reversed(example)}.values())[::-1],
    )


def _placeholder(step: str) -> str:
    return f"<the model's answer to the step “{step}”>"


def _numbered(step: str) -> str:
    """An answer that holds as many proposals as anyone asks for."""
    return "\n".join(f"{number}. {_placeholder(step)} {number}" for number in range(1, _LISTED))


async def _asked(
    chosen: Chosen, assignment: Assignment, answer: Callable[[str], str], *, clean: bool
) -> list[tuple[str, str]]:
    desk = _Rehearsal(assignment, answer, clean=clean)
    await chosen.submission.solve(assignment, desk)
    return desk.asked


class _Rehearsal:
    """A desk where nobody sits: every attempt is clean, or none is."""

    def __init__(self, assignment: Assignment, answer: Callable[[str], str], *, clean: bool) -> None:
        self._code = assignment.code or "<code>"
        self._scan: ScanResult = Scanned() if clean else Scanned(findings=assignment.findings or (_FINDING,))
        self._answer = answer
        self.asked: list[tuple[str, str]] = []

    async def ask(self, step: str, messages: Sequence[Message]) -> str:
        self.asked.append((step, "\n\n".join(message.content for message in messages)))
        return self._answer(step)

    async def attempt(self, step: str, messages: Sequence[Message]) -> Attempt:
        await self.ask(step, messages)
        return Attempt(step=step, code=self._code, extraction=Extraction.FENCE_ENTRY_POINT, scan=self._scan)

    async def scan(self, code: str) -> ScanResult:  # noqa: ARG002 - a desk's signature
        return self._scan
