"""Resource limits: what processes get, whatever limits the shell has that started us.

A limit that a candidate or a judge inherits unseen would be graded as the
candidate's failure: a table that cannot be written, a thread that does not start.
"""

from __future__ import annotations

import resource
from collections.abc import Mapping
from typing import Final

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox.policy import MEGABYTE, Limits

#: Descriptors of a judge.
JUDGE_FILES: Final = 1024
#: How deep a program may recurse: bytes of its first thread's stack, as systems have it by default.
STACK: Final = 8 * MEGABYTE

_NAMES: Final[Mapping[int, tuple[str, str]]] = {
    resource.RLIMIT_AS: ("address space", "v"),
    resource.RLIMIT_DATA: ("data segment", "d"),
    resource.RLIMIT_FSIZE: ("file size", "f"),
    resource.RLIMIT_NOFILE: ("open files", "n"),
    resource.RLIMIT_NPROC: ("processes", "u"),
    resource.RLIMIT_STACK: ("stack size", "s"),
}
_LIFTED = (
    resource.RLIMIT_AS,
    resource.RLIMIT_CPU,
    resource.RLIMIT_DATA,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_NPROC,
)


def check(limits: Limits) -> None:
    """That the hard limits of this process leave what candidates and judges need.

    Raises:
        InfrastructureError: One does not.
    """
    memory = limits.memory_mb * MEGABYTE
    needed = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_DATA: memory,
        resource.RLIMIT_FSIZE: limits.file_mb * MEGABYTE,
        resource.RLIMIT_NOFILE: max(limits.open_files, JUDGE_FILES),
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_STACK: STACK,
    }
    for kind, value in needed.items():
        if problem := _shortage(kind, value):
            raise InfrastructureError(problem)


def lift() -> None:
    """Forget the soft limits that were inherited; for the processes that all others are forked from."""
    for kind in _LIFTED:
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))
    for kind, value in ((resource.RLIMIT_NOFILE, JUDGE_FILES), (resource.RLIMIT_STACK, STACK)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def impose(limits: Mapping[int, int]) -> None:
    """Set limits, soft and hard.

    Raises:
        InfrastructureError: A stricter one was inherited.
    """
    for kind, value in limits.items():
        if problem := _shortage(kind, value):
            raise InfrastructureError(problem)
        resource.setrlimit(kind, (value, value))


def processes(own: int, others: int) -> int:
    """How many processes and threads a user may have, so that one candidate gets ``own`` beside ``others``.

    Where a machine allows a user fewer, that is the limit of all candidates together.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    return own + others if hard == resource.RLIM_INFINITY else max(own, min(own + others, hard))


def _shortage(kind: int, value: int) -> str:
    """What is wrong with an inherited hard limit, if anything."""
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or value <= hard:
        return ""
    name, flag = _NAMES[kind]
    return f"a limit of this machine would change verdicts: {name} {hard}, and {value} are needed; see ulimit -{flag}"
