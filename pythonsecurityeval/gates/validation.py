"""All gates over all tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.gates import clean, labelled, material, neutral, similarity, trials, verdicts
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.gates.matrix import GATES, Failure, Matrix, Mutation, Row
from pythonsecurityeval.protocols import Sandbox, Scanner
from pythonsecurityeval.scanners import cwe


class OpenSandbox(Protocol):
    """How the gates come by a sandbox."""

    def __call__(self, tier: str, hash_seed: int, *, patient: bool = True) -> AbstractContextManager[Sandbox]:
        """A sandbox of an isolation tier whose candidates run with a hash seed.

        Without patience a sample is done with at its first test that does not pass, and a
        test may wait no longer than it may compute: that is enough to see a mutant die.
        """
        ...


TIERS = ("namespaces", "landlock")
"""The isolation tiers that must agree."""

RUNS = 3
"""So many times every reference must give the same verdicts."""

_STATIC = frozenset({"G2", "G5", "G7"})
_DYNAMIC = frozenset({"G1", "G3", "G4"})


@dataclass(slots=True)
class _State:
    """What is known of one task so far; ``material`` is None if nothing further can be asked of it."""

    task_id: str
    material: Material | None = None
    failures: list[Failure] = field(default_factory=list)
    ran: set[str] = field(default_factory=set)
    mutation: Mutation | None = None

    def row(self) -> Row:
        order = list(GATES)
        failures = sorted(dict.fromkeys(self.failures), key=lambda failure: order.index(failure.gate))
        return Row(task_id=self.task_id, ran=frozenset(self.ran), failures=tuple(failures), mutation=self.mutation)


def validate(
    root: Path,
    task_ids: Collection[str] | None = None,
    *,
    scanner: Scanner,
    open_sandbox: OpenSandbox | None,
    tiers: Sequence[str] = TIERS,
    quick: bool = False,
) -> Matrix:
    """Holds tasks against the gates.

    Args:
        root: The folder with ``data/`` and ``unit_tests/``.
        task_ids: Which tasks; None for all.
        scanner: The pinned scanner.
        open_sandbox: How to run the tests; None to run nothing and hold the other gates only.
        tiers: Isolation tiers that this machine has; G6 goes through them in turn.
        quick: Run everything once only, which leaves G6 undecided.

    Raises:
        UsageError: An id has no task.
        InfrastructureError: This machine cannot run the tests.
    """
    known = corpus.task_ids(root)
    if unknown := sorted(set(task_ids or ()) - set(known)):
        raise UsageError(f"no folder {corpus.TASKS / unknown[0]} in {root}")
    states = {task_id: _State(task_id) for task_id in (known if task_ids is None else sorted(set(task_ids)))}
    others = _read(root, known, states)
    _static(root, states, others, scanner)
    runnable = [state for state in states.values() if state.material is not None]
    if open_sandbox is not None and runnable:
        _dynamic(runnable, open_sandbox, tiers, quick=quick)
    rows = tuple(state.row() for state in states.values())
    return Matrix(
        rows=rows, tiers=tuple(tiers) if open_sandbox else (), notes=tuple(_notes(open_sandbox, tiers, quick))
    )


def _notes(open_sandbox: OpenSandbox | None, tiers: Sequence[str], quick: bool) -> Iterator[str]:  # noqa: FBT001 - private
    """What a matrix does not show by itself."""
    missing = [tier for tier in TIERS if tier not in tiers]
    if open_sandbox is not None and not quick and missing:
        yield f"note: G6 did not see the tier {' nor '.join(missing)}: this machine does not have it"


def _read(root: Path, known: Iterable[str], states: dict[str, _State]) -> list[Material]:
    """Fills in the material of the wanted tasks, and returns that of every task that can be read."""
    readable = []
    for task_id in known:
        found = material.read(root, task_id)
        state = states.get(task_id)
        failures = list(found) if isinstance(found, tuple) else list(labelled.parses(found))
        if isinstance(found, Material) and not failures:
            readable.append(found)
        if state is not None:
            state.ran.add("G7")
            state.failures += failures
            state.material = found if isinstance(found, Material) and not failures else None
    return readable


def _static(root: Path, states: dict[str, _State], others: Sequence[Material], scanner: Scanner) -> None:
    published = similarity.shipped_hashes()
    mine = [state for state in states.values() if state.material is not None]
    for state in mine:
        own = state.material
        if own is None:
            continue
        state.ran |= _STATIC
        state.failures += labelled.files(own, material.stray_files(root, own.task_id))
        state.failures += labelled.tests(own)
        state.failures += labelled.labels(own, cwe.is_known)
        state.failures += labelled.hermetic(own)
        state.failures += neutral.prompt(own, published)
        state.failures += neutral.interface(own)
        state.failures += neutral.surroundings(own)
    for failure in neutral.alike(others, {state.task_id for state in mine}):
        states[failure.task_id].failures.append(failure)
    for failure in clean.check([state.material for state in mine if state.material is not None], scanner):
        states[failure.task_id].failures.append(failure)


def _dynamic(states: Sequence[_State], open_sandbox: OpenSandbox, tiers: Sequence[str], *, quick: bool) -> None:
    materials = [state.material for state in states if state.material is not None]
    names = [f"run {number + 1} in {tiers[number % len(tiers)]}" for number in range(1 if quick else RUNS)]
    with open_sandbox(tiers[0], 0) as sandbox:
        first = _results(sandbox, [trial for own in materials for trial in trials.of_references(own)])
    with open_sandbox(tiers[0], 0, patient=False) as sandbox:
        _discrimination(sandbox, states, first)
    runs = [first]
    for number in range(1, len(names)):
        with open_sandbox(tiers[number % len(tiers)], number) as sandbox:
            runs.append(_results(sandbox, [trial for own in materials for trial in trials.of_references(own, number)]))
    for state, own in zip(states, materials, strict=True):
        state.ran |= _DYNAMIC if quick else _DYNAMIC | {"G6"}
        state.failures += verdicts.sound(own, first[own.task_id])
        state.failures += verdicts.exploitable(own, first[own.task_id])
        if not quick:
            state.failures += verdicts.hermetic(own, [run[own.task_id] for run in runs], names)


def _discrimination(sandbox: Sandbox, states: Sequence[_State], first: dict[str, dict[str, trials.Result]]) -> None:
    """G4. Mutants of a reference that fails say nothing, so they wait until it passes."""
    materials = [state.material for state in states if state.material is not None]
    sound = [own for own in materials if not list(verdicts.sound(own, first[own.task_id]))]
    stubs = _results(sandbox, [trial for own in materials for trial in trials.of_stubs(own)])
    mutants = _results(sandbox, [trial for own in sound for trial in trials.of_mutants(own)])
    for state, own in zip(states, materials, strict=True):
        state.failures += verdicts.stubs_die(own, stubs[own.task_id])
        if own in sound:
            state.mutation = verdicts.mutation(mutants.get(own.task_id, {}))
            state.failures += verdicts.mutants_die(own, state.mutation)


def _results(sandbox: Sandbox, wanted: Sequence[trials.Trial]) -> dict[str, dict[str, trials.Result]]:
    """Results by task and label."""
    found: dict[str, dict[str, trials.Result]] = {}
    for trial, result in zip(wanted, trials.run(sandbox, wanted), strict=True):
        found.setdefault(trial.task_id, {})[trial.label] = result
    return found
