"""One worker process of the scanner, as its parent sees it: start, ask, lose, kill."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import signal
import socket
from typing import Any, final

from pythonsecurityeval.errors import EnvironmentMissing, InfrastructureError
from pythonsecurityeval.sandbox import processes
from pythonsecurityeval.types import Finding, Scanned, ScanResult, Unscannable

VERSION = "1.9.4"
#: Of the default rules of that version: identifiers and names, see `rules_sha256`.
RULES_SHA256 = "782545fa8f3ec5f0e5c04b6327311e0711a6062fec9dee08fc6d0a87515a8c02"

_WORKER = "pythonsecurityeval.scanners._bandit_worker"
#: The worker's whole environment: it keeps Bandit's plugin loader from writing a cache into the user's home.
_ENVIRONMENT = {"XDG_CACHE_HOME": os.devnull, "PYTHONHASHSEED": "0"}


def rules_sha256(rules: list[list[str]], version: str) -> str:
    """Hash over rules, each an identifier and a name, and the version that they come from."""
    listed = json.dumps(sorted([*rule, version] for rule in rules))
    return hashlib.sha256(listed.encode()).hexdigest()


@final
class WorkerLost(Exception):
    """The process ended instead of answering.

    Args:
        reason: Why, if the source itself is to blame; empty if it may be anyone's doing.
        ending: How it ended, for a reader.
    """

    def __init__(self, reason: str, ending: str) -> None:
        self.reason = reason
        self.ending = ending
        super().__init__(reason or ending)


def _installed_at() -> str:
    """The folder that holds the installed Bandit; the worker does not look into the user's own."""
    try:
        return str(importlib.metadata.distribution("bandit").locate_file(""))
    except importlib.metadata.PackageNotFoundError:
        raise EnvironmentMissing(f"the scanner needs bandit {VERSION}: pip install bandit=={VERSION}") from None


class Worker:
    """A running worker; used by one thread at a time.

    Args:
        cpu_s: CPU seconds for one source.
        wall_s: Seconds after which a source is given up all the same.
        memory_mb: Address space of the process, in units of 2**20 bytes.

    Attributes:
        rules: Identifier and name of each rule that it has.

    Raises:
        EnvironmentMissing: Bandit is missing, or not the pinned version with its own rules.
        InfrastructureError: The process does not start.
    """

    def __init__(self, *, cpu_s: float, wall_s: float, memory_mb: int) -> None:
        options = {"site": _installed_at(), "cpu_s": cpu_s, "memory_mb": memory_mb}
        self._options = options
        self._wire, self._process = self._start()
        self._wire.settimeout(wall_s)
        self._replies = self._wire.makefile("rb")
        try:
            self.rules = self._greet(options)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _start() -> tuple[socket.socket, processes.Process[bytes]]:
        try:
            ours, theirs = socket.socketpair()
            with theirs:
                try:
                    return ours, processes.start(_WORKER, theirs.fileno(), _ENVIRONMENT)
                except BaseException:
                    ours.close()
                    raise
        except OSError as error:
            raise InfrastructureError(f"the scanner's process does not start: {error}") from None

    def _greet(self, options: dict[str, Any]) -> list[list[str]]:
        try:
            hello = self._exchange(options)
        except WorkerLost as lost:
            raise InfrastructureError(f"the scanner's process does not start ({lost.ending}); see pse doctor") from None
        if hello["version"] != VERSION:
            raise EnvironmentMissing(
                f"the scanner needs bandit {VERSION}, found {hello['version']}: pip install bandit=={VERSION}"
            )
        if rules_sha256(hello["rules"], VERSION) != RULES_SHA256:
            raise EnvironmentMissing(
                f"bandit {VERSION} does not load its own rules: pip install --force-reinstall bandit=={VERSION}"
            )
        rules: list[list[str]] = hello["rules"]
        return rules

    def ask(self, code: str) -> ScanResult:
        """Scan one source.

        Raises:
            WorkerLost: The process ended over it; this worker is of no more use.
        """
        return decode(self._exchange(code))

    def _exchange(self, request: Any) -> Any:
        line, overdue = b"", False
        try:
            self._wire.sendall(json.dumps(request).encode() + b"\n")
            line = self._replies.readline()
        except TimeoutError:
            overdue = True
            self._process.kill()
        except OSError:  # a broken wire is an ended process, told apart below
            pass
        if line.endswith(b"\n"):
            return json.loads(line)
        raise self._lost(overdue=overdue)

    def _lost(self, *, overdue: bool) -> WorkerLost:
        ended = self._process.wait()
        ending = f"signal {-ended}" if ended < 0 else f"exit status {ended}"
        if overdue:
            return WorkerLost("", f"no answer within {self._wire.gettimeout():g} s")
        if ended == -signal.SIGPROF:
            return WorkerLost(f"takes Bandit more than {self._options['cpu_s']:g} s of CPU time", ending)
        if ended in {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT}:
            return WorkerLost(f"crashes the scanner's process ({ending})", ending)
        return WorkerLost("", ending)

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._replies.close()
        self._wire.close()
        self._process.wait()


def decode(reply: dict[str, Any]) -> ScanResult:
    """The value that a worker's answer stands for."""
    if reply["status"] != "scanned":
        return Unscannable(status=reply["status"], reason=reply["reason"], suppressions=reply["suppressions"])
    found = (
        Finding(
            rule_id=rule_id,
            rule_name=rule_name,
            cwe=f"CWE-{cwe}" if cwe else "",
            severity=severity,
            confidence=confidence,
            line=line,
            message=message,
        )
        for rule_id, rule_name, cwe, severity, confidence, line, message in reply["findings"]
    )
    return Scanned(findings=tuple(found), suppressions=reply["suppressions"])
