"""Runs many samples on several workers: functional tests first, retries alone, results in order of completion."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal, Self

from pythonsecurityeval.errors import InfrastructureError, IsolationError
from pythonsecurityeval.sandbox import rlimits, selfcheck
from pythonsecurityeval.sandbox.channel import Gone
from pythonsecurityeval.sandbox.engine import Engine
from pythonsecurityeval.sandbox.policy import Kind, Limits, Tier
from pythonsecurityeval.sandbox.sample import all_passed, run_sample
from pythonsecurityeval.sandbox.worker import NotStartedError, Worker
from pythonsecurityeval.types import Execution, Extraction, Prediction, UnitTest

Sample = tuple[Prediction, Sequence[UnitTest]]
_Done = tuple[Prediction, Execution] | BaseException
_AHEAD = 3
_TIMES_THE_REFERENCE = 10
#: A reference that takes more than so many times the limit is not waited for; its machine is too slow.
_SLOWEST = 10


class _Gate:
    """Many pass at a time, or one alone; who wants to be alone is let in before newcomers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._wanting = 0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Pass together with others."""
        with self._changed:
            self._changed.wait_for(lambda: not self._wanting and self._inside >= 0)
            self._inside += 1
        try:
            yield
        finally:
            self._leave(1)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Pass when nobody is inside, and keep everybody out."""
        with self._changed:
            self._wanting += 1
            self._changed.wait_for(lambda: self._inside == 0)
            self._wanting -= 1
            self._inside = -1
        try:
            yield
        finally:
            self._leave(-1)

    def _leave(self, weight: int) -> None:
        with self._changed:
            self._inside -= weight
            self._changed.notify_all()


class SandboxPool:
    """A `Sandbox` of several workers; a context manager.

    Args:
        tier: ``namespaces``, ``landlock``, or ``auto``: the first of them that works here.
        jobs: How many samples run at a time.
        python: The interpreter that runs candidates; None for ours.
        limits: What one sample may use.
        hash_seed: Seed of the candidates' hashes, fixed so that verdicts are the same every time.
        fail_fast: Leave the rest of a sample's tests once one does not pass.
        kinds: What samples are known to need, which is loaded at once then.
        reference: A secure solution of a task by its id, or None. A test that reached the time limit is given, once
            more and alone, ten times what the reference takes on this machine, if that is more.

    Attributes:
        tier: The tier in use, once entered.
        layers: What keeps candidates in, one line each, once entered.
    """

    def __init__(
        self,
        *,
        tier: Literal["auto", "namespaces", "landlock"] = "auto",
        jobs: int = 1,
        python: str | None = None,
        limits: Limits | None = None,
        hash_seed: int = 0,
        fail_fast: bool = False,
        kinds: Iterable[Kind] = (),
        reference: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self.tier: str = tier
        self.layers: tuple[str, ...] = ()
        self._jobs = max(1, jobs)
        self._python = python
        self._limits = limits or Limits()
        self._hash_seed = hash_seed
        self._fail_fast = fail_fast
        self._kinds = tuple(kinds)
        self._reference = reference
        self._allowances: dict[str, float] = {}
        self._engine: Engine | None = None
        self._gate = _Gate()
        self._inbox: queue.SimpleQueue[Sample | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[_Done] = queue.SimpleQueue()
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []
        self._busy = threading.Lock()

    def __enter__(self) -> Self:
        rlimits.check(self._limits)
        tiers: tuple[Tier, ...] = ("namespaces", "landlock")
        wanted = [tier for tier in tiers if self.tier in {"auto", tier}]
        refusals = []
        for tier in wanted:
            try:
                self._start(tier)
            except IsolationError as error:
                refusals.append(str(error))
            else:
                return self
        raise IsolationError(f"untrusted code cannot be isolated here ({'; '.join(refusals)}); see: pse doctor")

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything; may be called twice."""
        self._abort()
        for _ in self._threads:
            self._inbox.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        if self._engine is not None:
            self._engine.close()
        self._engine = None

    def execute(self, samples: Iterable[Sample]) -> Iterator[tuple[Prediction, Execution]]:
        """Executions in order of completion; a few samples are read ahead.

        Raises:
            InfrastructureError: This machine, or a task's tests, failed; the pool can be used again.
        """
        if self._engine is None:
            raise InfrastructureError("the sandbox was not started")
        waiting = 0
        with self._busy:
            try:
                for sample in samples:
                    self._inbox.put(sample)
                    waiting += 1
                    if waiting >= self._jobs * _AHEAD:
                        waiting -= 1
                        yield self._result()
                while waiting:
                    waiting -= 1
                    yield self._result()
            except (KeyboardInterrupt, SystemExit):
                self._abort()
                raise
            finally:
                self._abandon(waiting)

    def _abort(self) -> None:
        for worker in self._workers:
            worker.abort()

    def _result(self) -> tuple[Prediction, Execution]:
        done = self._outbox.get()
        if isinstance(done, BaseException):
            raise done
        return done

    def _abandon(self, waiting: int) -> None:
        """Take back what was not begun, and wait for the rest."""
        while waiting:
            try:
                self._inbox.get_nowait()
            except queue.Empty:
                self._outbox.get()
            waiting -= 1

    def _start(self, tier: Tier) -> None:
        self._engine = Engine(
            tier=tier,
            workers=self._jobs,
            python=self._python,
            limits=self._limits,
            hash_seed=self._hash_seed,
            kinds=self._kinds,
        )
        workers = self._workers = [
            Worker(index, self._engine, fail_fast=self._fail_fast) for index in range(self._jobs)
        ]
        try:
            self.layers = selfcheck.check(workers[0], tier)
        except BaseException:
            workers[0].close()
            self.close()
            raise
        self.tier = tier
        self._threads = [threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in workers]
        for thread in self._threads:
            thread.start()

    def _serve(self, worker: Worker) -> None:
        try:
            while (sample := self._inbox.get()) is not None:
                try:
                    self._outbox.put((sample[0], self._execute(worker, *sample)))
                except OSError as error:
                    self._outbox.put(InfrastructureError(f"the sandbox is short of something: {error}"))
                    self._replace(worker)
                except Exception as error:  # noqa: BLE001 - raised again where results are read
                    self._outbox.put(error)
                    self._replace(worker)
        finally:
            worker.close()

    @staticmethod
    def _replace(worker: Worker) -> None:
        """As far as the machine still lets us; whoever wants the next sample run will hear that it does not."""
        with suppress(OSError, InfrastructureError):
            worker.replace()

    def _execute(self, worker: Worker, prediction: Prediction, tests: Sequence[UnitTest]) -> Execution:
        with self._gate.shared():
            before, doubtful = self._bombs_beside(worker), worker.doubtful
            try:
                execution = self._twice(worker, prediction, tests)
            except NotStartedError:
                was_disturbed = True
            else:
                failed = not all_passed(execution)
                was_disturbed = failed and (self._is_disturbed(worker, before) or not self._has_room())
        if worker.doubtful == doubtful and not was_disturbed:
            return execution
        # A busy machine, a want of anything, or another sample's bomb is no candidate's fault: once more, with nobody
        # else running. Who only waited until the time was over was not busy, and gets no second chance.
        with self._gate.alone(), worker.granting(self._allowance(worker, prediction.task_id, tests)):
            execution = self._twice(worker, prediction, tests)
            if not all_passed(execution) and not self._has_room():
                raise InfrastructureError("the disk is full where candidates write; free space, or set TMPDIR")
            return execution

    def _has_room(self) -> bool:
        return self._engine is None or self._engine.has_room()

    def _allowance(self, worker: Worker, task_id: str, tests: Sequence[UnitTest]) -> float:
        """CPU seconds for a test of a task: ten times what its reference takes here, and no less than the limit.

        To be called while nobody else runs.
        """
        if task_id not in self._allowances:
            worker.longest = 0.0
            if code := self._reference(task_id):
                sample = Prediction(task_id=task_id, sample_index=0, code=code, extraction=Extraction.SOLUTION)
                with worker.granting(_SLOWEST * self._limits.cpu_s):
                    self._twice(worker, sample, tests)
            self._allowances[task_id] = max(self._limits.cpu_s, _TIMES_THE_REFERENCE * worker.longest)
        return self._allowances[task_id]

    def _bombs_beside(self, worker: Worker) -> int:
        return sum(other.bombs for other in self._workers if other is not worker)

    def _is_disturbed(self, worker: Worker, bombs_before: int) -> bool:
        """Whether another sample used up, or is using up, what this one may have lacked."""
        others = (other for other in self._workers if other is not worker)
        return self._bombs_beside(worker) > bombs_before or any(other.is_crowded() for other in others)

    @staticmethod
    def _twice(worker: Worker, prediction: Prediction, tests: Sequence[UnitTest]) -> Execution:
        """A sample that costs us a judge or a fork-server gets one more chance, then it counts as tampering."""
        try:
            return run_sample(worker, prediction, tests)
        except (Gone, NotStartedError):
            worker.replace()
        return run_sample(worker, prediction, tests, lost_is_tampering=True)
