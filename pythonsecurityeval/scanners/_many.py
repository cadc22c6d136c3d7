"""Many sources through one scanner, some at a time."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from pythonsecurityeval import _registry
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.sandbox import processes
from pythonsecurityeval.types import ScanResult

_AHEAD = 4


@contextlib.contextmanager
def open_scanner(name: str = "bandit") -> Iterator[Scanner]:
    """The scanner of a name; what it holds is given back at the end.

    Raises:
        UsageError: There is none of that name.
        InfrastructureError: It is there and cannot be loaded.
    """
    scanner: Scanner = _registry.load("scanners", name)()
    try:
        yield scanner
    finally:
        getattr(scanner, "close", lambda: None)()


def scan_many(scanner: Scanner, codes: Iterable[str], *, jobs: int | None = None) -> Iterator[ScanResult]:
    """Results in the order of ``codes``, which is read only a little ahead of what is taken.

    Args:
        scanner: Safe to use from several threads.
        codes: The sources.
        jobs: How many are scanned at a time; by default one a core.
    """
    jobs = jobs or processes.cores()
    waiting: deque[Future[ScanResult]] = deque()
    with ThreadPoolExecutor(jobs, thread_name_prefix="scanner") as threads:
        try:
            for code in codes:
                waiting.append(threads.submit(scanner.scan, code))
                if len(waiting) >= _AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
