"""The default scanner: Bandit, pinned, in worker processes that can be killed; it fails closed.

Findings are those of ``bandit -f json --ignore-nosec`` on a file with the same text. What Bandit
passes over in silence is a verdict here: a text that does not parse, a rule that raised, a scan
that ran into a limit are `Unscannable`, never clean.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from types import TracebackType
from typing import Self, final

from pythonsecurityeval.scanners._bandit_process import RULES_SHA256, VERSION, Worker, WorkerLost
from pythonsecurityeval.types import ScanResult, Unscannable, sha256

_MAX_BYTES = 4 << 20
_CACHED_FINDINGS = 200
_WALL_FACTOR = 20.0


@final
class BanditScanner:
    """Bandit behind a pool of workers, started when needed; safe to use from several threads.

    Args:
        cpu_s: CPU seconds for one source; more makes it unscannable.
        memory_mb: Address space of a worker, in units of 2**20 bytes.
        cache: How many results are kept, by the hash of their source.
    """

    name = "bandit"
    version = VERSION
    rules_sha256 = RULES_SHA256

    def __init__(self, *, cpu_s: float = 10.0, memory_mb: int = 1024, cache: int = 16_384) -> None:
        self._cpu_s = cpu_s
        self._memory_mb = memory_mb
        self._cache = _Cache(cache)
        self._idle = _Idle()
        self._finalizer = weakref.finalize(self, self._idle.close)

    def scan(self, code: str) -> ScanResult:
        """Findings of ``code``, or why there can be none.

        Raises:
            EnvironmentMissing: Bandit is missing, or not the pinned version.
            InfrastructureError: The worker process does not start.
        """
        key = sha256(code)
        known = self._cache.get(key)
        if known is None:
            known = self._scan(code)
            self._cache.put(key, known)
        return known

    def _scan(self, code: str) -> ScanResult:
        if len(code) > _MAX_BYTES or len(code.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
            return Unscannable(status="unscannable", reason=f"longer than {_MAX_BYTES >> 20} MiB")
        lost = WorkerLost("", "")
        # A worker that someone else killed says nothing about the source. Others that wait may be as dead.
        for worker in (self._idle.take(), None):
            try:
                return self._ask(worker or self._new_worker(), code)
            except WorkerLost as error:
                lost = error
                if lost.reason:
                    break
        reason = lost.reason or f"the scanner's process was lost twice over it ({lost.ending})"
        return Unscannable(status="unscannable", reason=reason)

    def _new_worker(self) -> Worker:
        wall_s = max(60.0, _WALL_FACTOR * self._cpu_s)
        return Worker(cpu_s=self._cpu_s, wall_s=wall_s, memory_mb=self._memory_mb)

    def _ask(self, worker: Worker, code: str) -> ScanResult:
        try:
            result = worker.ask(code)
        except BaseException:
            worker.close()
            raise
        self._idle.put(worker)
        return result

    def close(self) -> None:
        """End the workers. The scanner may be used again: it starts new ones."""
        self._idle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Idle:
    """Workers that wait for work. Kept apart from the scanner, so that its finalizer does not hold it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: list[Worker] = []

    def take(self) -> Worker | None:
        with self._lock:
            return self._workers.pop() if self._workers else None

    def put(self, worker: Worker) -> None:
        with self._lock:
            self._workers.append(worker)

    def close(self) -> None:
        while (worker := self.take()) is not None:
            worker.close()


class _Cache:
    """The results used last, bounded in number and in size."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._results: OrderedDict[str, ScanResult] = OrderedDict()

    def get(self, key: str) -> ScanResult | None:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: str, result: ScanResult) -> None:
        if not isinstance(result, Unscannable) and len(result.findings) > _CACHED_FINDINGS:
            return
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._size:
                self._results.popitem(last=False)
