"""A second opinion: Ruff's rules ``S``, which follow Bandit's and have the same numbers; for cross-checks only.

The paper's insecure percentage, and every number of ours that is compared with others, is Bandit's. Ruff is another
implementation that knows fewer rules (``S4…`` are a preview there and off) and names neither severity nor CWE.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import json
import re
import sys
import threading
from typing import Any, Final, final

from pythonsecurityeval.errors import EnvironmentMissing, InfrastructureError
from pythonsecurityeval.sandbox import processes
from pythonsecurityeval.scanners._bandit_process import rules_sha256
from pythonsecurityeval.scanners._bandit_worker import has_code, printable
from pythonsecurityeval.types import Finding, Scanned, ScanResult, Unscannable

VERSION: Final = "0.14.7"
#: Of the rules ``S`` of that version: codes and names, as `rules_sha256` of Bandit's.
RULES_SHA256: Final = "4d7683dfb15401477ffb3ad6ca1d9c501e1e87b129563489a50e904027366239"

_LOOKING = threading.Lock()
_LINTER = "flake8-bandit"
_SYNTAX = "invalid-syntax"
_CHECK = (
    "check", "--isolated", "--no-cache", "--select", "S", "--ignore-noqa", "--exit-zero", "--output-format", "json",
    "--target-version", f"py3{sys.version_info.minor}", "--stdin-filename", "candidate.py", "-",
)  # fmt: skip
_MAX_BYTES = 4 << 20
_MAX_FINDINGS = 10_000  # as of Bandit
_SUPPRESSION = re.compile(r"#\s*(?:(?:ruff|flake8):\s*)?noqa\b", re.IGNORECASE)


@final
class RuffScanner:
    """Ruff as a scanner: one short process for each source; safe to use from several threads.

    Suppressions are ignored; every ``noqa`` after a number sign is counted as one, within a string too.

    Args:
        seconds: How long a source may take; more makes it unscannable.
    """

    name = "ruff"
    version = VERSION
    rules_sha256 = RULES_SHA256

    def __init__(self, *, seconds: float = 20.0) -> None:
        self._seconds = seconds

    def scan(self, code: str) -> ScanResult:
        """Findings of ``code``, or why there can be none.

        Raises:
            EnvironmentMissing: Ruff is missing, or not the pinned version.
            InfrastructureError: Ruff does not start.
        """
        suppressions = len(_SUPPRESSION.findall(code))
        if not has_code(code):
            return Unscannable(status="no_code", reason="empty, or nothing but comments", suppressions=suppressions)
        try:
            found = self._found(code)
        except _NoVerdictError as error:
            return Unscannable(status="unscannable", reason=str(error), suppressions=suppressions)
        return Scanned(findings=tuple(map(_finding, found)), suppressions=suppressions)

    def _found(self, code: str) -> list[dict[str, Any]]:
        """What Ruff says of a source.

        Raises:
            _NoVerdictError: It can say nothing of it.
        """
        try:
            data = code.encode()
        except UnicodeEncodeError:
            raise _NoVerdictError("holds half of a surrogate pair, which no file can") from None
        if len(data) > _MAX_BYTES:
            raise _NoVerdictError(f"longer than {_MAX_BYTES >> 20} MiB")
        if "\0" in code:
            raise _NoVerdictError("holds a NUL byte")
        found: list[dict[str, Any]] = json.loads(self._output(data))
        for item in found:
            if item["code"] == _SYNTAX:
                where = item["location"]["row"]
                raise _NoVerdictError(printable(f"does not parse: line {where}: {item['message']}"))
        return found[:_MAX_FINDINGS]

    def _output(self, data: bytes) -> bytes:
        """Ruff's answer; a second try tells a source that it cannot take from a process that someone else ended."""
        try:
            return self._run(data)
        except processes.FailedError:
            pass
        try:
            return self._run(data)
        except processes.FailedError as error:
            raise _NoVerdictError(printable(f"Ruff failed twice: {error}")) from None

    def _run(self, data: bytes) -> bytes:
        try:
            return processes.output([_program(), *_CHECK], seconds=self._seconds, given=data, environment={})
        except processes.FailedError:
            raise
        except OSError as error:
            raise InfrastructureError(f"the scanner's process does not start: {error}") from None


class _NoVerdictError(Exception):
    """The source cannot be judged."""


def _finding(item: dict[str, Any]) -> Finding:
    return Finding(
        rule_id=item["code"],
        rule_name=str(item["url"]).rpartition("/")[2],
        cwe="",
        severity="UNDEFINED",
        confidence="UNDEFINED",
        line=item["location"]["row"],
        message=printable(item["message"]),
    )


def _program() -> str:
    """Ruff's own program, looked for once: several threads that look at a time confuse Python 3.11's `sysconfig`."""
    with _LOOKING:
        return _found_program()


@functools.cache
def _found_program() -> str:
    """The program, which has the pinned version and its rules."""
    wanted = f"pip install 'pythonsecurityeval[ruff]', which has ruff {VERSION}"
    try:
        found = importlib.metadata.version("ruff")
        program: str = importlib.import_module("ruff.__main__").find_ruff_bin()
        rules = json.loads(
            processes.output([program, "rule", "--all", "--output-format", "json"], seconds=60, environment={})
        )
    except (ImportError, OSError, ValueError) as error:
        raise EnvironmentMissing(f"the scanner is not there: {error}; {wanted}") from None
    named = sorted([rule["code"], rule["name"]] for rule in rules if rule["linter"] == _LINTER)
    if found != VERSION or rules_sha256(named, VERSION) != RULES_SHA256:
        raise EnvironmentMissing(f"the scanner needs ruff {VERSION} and its rules, found {found}; {wanted}")
    return program
