"""`run_submission`: tasks in, predictions and their traces out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pythonsecurityeval import __version__
from pythonsecurityeval._codec import encode
from pythonsecurityeval.models import Settings, cassette, open_model
from pythonsecurityeval.pipeline import run_record
from pythonsecurityeval.pipeline.assignments import Assignments
from pythonsecurityeval.pipeline.predictions import digest
from pythonsecurityeval.pipeline.run_options import PRESETS, Chosen, RunOptions, choose, preset_of
from pythonsecurityeval.pipeline.run_record import Solved
from pythonsecurityeval.pipeline.solver import Cost, Solver
from pythonsecurityeval.protocols import Model, Scanner
from pythonsecurityeval.scanners import open_scanner
from pythonsecurityeval.solving import Trace, Track

RunProgress = Callable[[int, int, Cost, int], None]

GENERATED = "generated"
"""The submission that writes what a refining one starts from, where nothing is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run came to.

    Attributes:
        folder: Where everything is (see `run_record`).
        traces: What was done for each sample, sorted; that of the generation is not in it where that was a first step.
        cost: What the answers cost.
        fresh: How many of them the model gave now; the others were recorded.
        pending: Samples that wait for the answers to a batch; with any, no predictions are written.
    """

    folder: Path
    traces: tuple[Trace, ...]
    cost: Cost
    fresh: int
    pending: int


def run_submission(
    submission: str,
    model: str,
    *,
    out: Path,
    corpus: str = "pythonsecurityeval",
    corpus_path: str | os.PathLike[str] | None = None,
    initial: str | None = None,
    options: RunOptions | None = None,
    settings: Settings | None = None,
    progress: RunProgress = lambda _done, _all, _cost, _fresh: None,
) -> Run:
    """Runs a submission over a corpus.

    Args:
        submission: ``NAME`` or ``NAME:OPTION=NUMBER,…``.
        model: ``KIND:NAME``.
        out: Folder of the run.
        corpus: Name of the corpus.
        corpus_path: A folder of tasks in our format, instead of the corpus' own.
        initial: Predictions file with the code before refinement; without it, it is generated first.
        options: See `RunOptions`.
        settings: How the model is reached.
        progress: Called with samples done, all samples, the cost so far, and the answers given now.

    Raises:
        UsageError: Bad input or options; nothing was asked.
        InfrastructureError: The model does not answer; what it answered is kept, and ``resume`` goes on.
    """
    options = options or RunOptions()
    assignments = Assignments.load(corpus, corpus_path, initial, options)
    settings = settings or Settings(concurrency=options.concurrency)
    named = {"--corpus": corpus, "--corpus-path": corpus_path, "--initial": initial, "--base-url": settings.base_url}
    command = ("pse", "run", submission, "--model", model, *_words({**named, **options.named}))
    return asyncio.run(_run(submission, model, out, assignments, options, settings, progress, command))


def _words(named: Mapping[str, Any]) -> Iterator[str]:
    for option, value in named.items():
        if value is not None:
            yield from (option, str(value))


async def _run(
    spec: str,
    model_spec: str,
    out: Path,
    assignments: Assignments,
    options: RunOptions,
    settings: Settings,
    progress: RunProgress,
    command: Sequence[str],
) -> Run:
    async with open_model(model_spec, settings) as model:
        preset = preset_of(options, model.about)
        chosen = choose(spec, preset)
        assignments.check(spec, chosen.submission.track)
        with open_scanner() as scanner:
            tools = {"name": scanner.name, "version": scanner.version, "rules_sha256": scanner.rules_sha256}
            identity = {**_identity(chosen, model, preset, assignments, options), "scanner": tools}
            run_record.open_folder(out, identity, resume=options.resume)
            async with cassette.record(out / run_record.CALLS, model, cassette.mode_of(model_spec)) as recorded:
                solver = Solver(
                    recorded,
                    scanner,
                    concurrency=options.concurrency,
                    progress=lambda done, jobs: progress(done, jobs, solver.cost, recorded.fresh),
                )
                solved = await _solve(solver, chosen, preset, assignments, options)
        if not solver.pending:
            system = {"submission": spec, "model": model.name, "preset": preset}
            run_record.finish_folder(out, identity, solved, system=system, command=command)
    return Run(folder=out, traces=solved.traces, cost=solver.cost, fresh=recorded.fresh, pending=solver.pending)


async def _solve(solver: Solver, chosen: Chosen, preset: str, assignments: Assignments, options: RunOptions) -> Solved:
    """Generates, where there is no code yet; then mends what is flagged, if that is what the submission does."""

    async def generate(by: Chosen) -> tuple[Trace, ...]:
        sampling = PRESETS[preset].draw("generate", options)
        return tuple(await solver.solve(by, sampling, assignments.to_generate()))

    if chosen.submission.track == "generate":
        return Solved(generated=await generate(chosen))
    generated: tuple[Trace, ...] = ()
    initial = assignments.initial
    if initial is None:
        generated = await generate(choose(GENERATED, preset))
        initial = tuple(map(run_record.prediction, generated))
    sampling = PRESETS[preset].draw("patch", options)
    patched = await solver.solve(chosen, sampling, assignments.to_patch(initial))
    return Solved(generated=generated, initial=initial, patched=tuple(patched))


async def solve_one(
    submission: str, preset: str, model: Model, scanner: Scanner, assignments: Assignments, key: tuple[str, int]
) -> Trace:
    """Lets a submission answer one sample, for engines that bring their own model and keep their own records.

    Args:
        submission: ``NAME`` or ``NAME:OPTION=NUMBER,…``.
        preset: Name of a preset.
        model: Who answers.
        scanner: What decides which code is flagged.
        assignments: The tasks.
        key: Task id and sample index.

    Raises:
        UsageError: No such submission, option or preset.
    """
    options = RunOptions(preset=preset)
    chosen = choose(submission, preset_of(options, {}))
    solver = Solver(model, scanner, concurrency=1, progress=lambda _done, _jobs: None)
    (trace,) = (await _solve(solver, chosen, preset, assignments.only(key), options)).traces
    return trace


def _identity(
    chosen: Chosen, model: Model, preset: str, assignments: Assignments, options: RunOptions
) -> Mapping[str, Any]:
    """What makes two runs the same run, and all it takes to run it again."""
    corpus, track = assignments.corpus, chosen.submission.track
    tracks: set[Track] = {track}
    prompts = dict(chosen.submission.prompts)
    if assignments.initial is None:  # the code is generated first
        tracks.add("generate")
        prompts |= choose(GENERATED, preset).submission.prompts
    return {
        "version": __version__,
        "submission": {
            "name": chosen.name,
            "track": track,
            "options": dict(chosen.options),
            "prompts": prompts,
        },
        "model": {"name": model.name, "about": dict(model.about)},
        "preset": preset,
        "sampling": {name: encode(PRESETS[preset].draw(name, options)) for name in sorted(tracks)},
        "corpus": {"name": corpus.name, "version": corpus.version, "sha256": corpus.sha256},
        "tasks": [task.task_id for task in assignments.tasks],
        "samples": len(assignments.indices) if assignments.initial is None else len(assignments.initial),
        "initial_sha256": None if assignments.initial is None else digest(assignments.initial),
    }
