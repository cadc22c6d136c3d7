"""The one door through which this package starts programs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Loads this package, and nothing that lies beside it, into any interpreter: no path is added to `sys.path`.
_BOOT = (
    "import importlib, importlib.util, sys\n"
    "root, module, descriptor = sys.argv[1:4]\n"
    "spec = importlib.util.spec_from_file_location('pythonsecurityeval', root + '/__init__.py',"
    " submodule_search_locations=[root])\n"
    "package = importlib.util.module_from_spec(spec)\n"
    "sys.modules['pythonsecurityeval'] = package\n"
    "spec.loader.exec_module(package)\n"
    "importlib.import_module(module).main(int(descriptor))\n"
)

Process = subprocess.Popen


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def package_root() -> str:
    """The folder of this package."""
    return str(Path(__file__).resolve().parent.parent)


def start(module: str, descriptor: int, environment: Mapping[str, str], python: str | None = None) -> Process[bytes]:
    """Run ``module``'s ``main(descriptor)`` in a fresh interpreter, in a session of its own.

    Args:
        module: Full name of a module of this package.
        descriptor: The one descriptor that is handed on, besides standard error.
        environment: The whole environment of the new process.
        python: An interpreter; by default our own.
    """
    return subprocess.Popen(
        [python or sys.executable, "-s", "-P", "-B", "-c", _BOOT, package_root(), module, str(descriptor)],
        env=dict(environment),
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop(process: Process[bytes], seconds: float) -> None:
    """Wait for a process that has been told to end, and kill it if it takes longer than ``seconds``."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class FailedError(OSError):
    """A program started, and then took too long or returned something but 0."""


def output(
    arguments: Sequence[str], *, seconds: float, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> bytes:
    """Standard output of a program that must end well within ``seconds``.

    Args:
        arguments: The program and its arguments.
        seconds: After so many it is killed.
        given: Its standard input.
        environment: Its whole environment; by default ours.

    Raises:
        FailedError: It takes longer, or returns something but 0.
        OSError: It does not start.
    """
    try:
        ended = subprocess.run(
            arguments, check=True, timeout=seconds, capture_output=True, input=given, env=environment
        )
    except subprocess.TimeoutExpired:
        raise FailedError(f"no answer within {seconds:g} s") from None
    except subprocess.CalledProcessError as error:
        raise FailedError(f"exit status {error.returncode}") from None
    return ended.stdout
