"""The command group, and the one place that turns errors into a line and an exit code."""

from __future__ import annotations

import contextlib
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from pythonsecurityeval import __version__
from pythonsecurityeval.cli._audience import Audience
from pythonsecurityeval.errors import CheckFailed, InputProblems, PseError, printable

_COMMANDS = ("score", "run", "cassette", "tasks", "merge", "report", "corpus", "hub", "plugins", "doctor")


class Interrupted(KeyboardInterrupt):
    """SIGTERM, or SIGHUP as the terminal is closed: ends a run as Ctrl-C does, with an exit code of its own.

    Args:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    @property
    def exit_code(self) -> int:
        """As a shell has it for a program that a signal ended."""
        return 128 + self.number


class _LazyGroup(click.Group):
    """Imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"pythonsecurityeval.cli.{cmd_name}").command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pythonsecurityeval")
def commands() -> None:
    """Does a model write secure Python, and can it patch what it wrote?

    Exit codes: 0 done, 1 problems found, 2 bad usage or bad input, 3 this
    machine cannot isolate untrusted code, lacks the tasks' libraries, or
    failed. Ctrl-C gives 130, SIGTERM 143, a closed terminal 129.
    """


def run(command: click.Command, name: str) -> int:
    """Runs a command to its exit code: one line for an error, never a traceback for a user's mistake."""
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # else nohup had it ignored
        signal.signal(signal.SIGHUP, _interrupt)
    audience = Audience()
    try:
        return _finished(command, name, audience)
    except Interrupted as error:  # while the command was ending anyway
        return error.exit_code
    finally:
        audience.leave()


def _finished(command: click.Command, name: str, audience: Audience) -> int:
    try:
        # Not by `main`, which has answers of its own to a reader that leaves and to Ctrl-C.
        with command.make_context(name, sys.argv[1:]) as context:
            code = _exit_code(command.invoke(context))
        sys.stdout.flush()
    except (click.exceptions.Exit, click.ClickException, PseError, KeyboardInterrupt, OSError) as error:
        return _ended(name, error, audience)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return code


def _ended(name: str, error: BaseException, audience: Audience) -> int:
    """What to say and return where a command did not come to its end."""
    match error:
        case OSError() | KeyboardInterrupt() if audience.terminal_is_gone():  # whether we heard by a signal or by this
            return 128 + signal.SIGHUP
        case click.exceptions.Exit():
            return error.exit_code
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return 2
        case click.ClickException():
            return _fail(name, f"{error.format_message()} (see {name} --help)", code=2)
        case InputProblems() | CheckFailed():
            return _fail(name, *str(error).split("\n"), code=error.exit_code)
        case PseError():
            return _fail(name, str(error), code=error.exit_code)
        case Interrupted():
            return _fail(name, "terminated", code=error.exit_code)
        case KeyboardInterrupt():
            return _fail(name, "interrupted", code=128 + signal.SIGINT)
        case BrokenPipeError() if audience.reader_is_gone():
            return 0
        case _:  # bad input is told apart where it is read: this is the machine
            return _fail(name, f"this machine fails: {error}; what was finished is kept", code=3)


def _exit_code(answer: object) -> int:
    return answer if isinstance(answer, int) else 0


def _fail(name: str, *lines: str, code: int) -> int:
    with contextlib.suppress(OSError):  # where nobody can be told, the exit code still tells
        for line in lines:
            click.echo(f"{name}: {printable(line)}", err=True)
    return code


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    if number == signal.SIGHUP:  # a shell that ends says again what the kernel has said
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise Interrupted(number)
