"""The base class of the tasks' unit tests."""

from __future__ import annotations

import contextlib
import re
import time
import unittest
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pythonsecurityeval.testkit.judge.files import Files
from pythonsecurityeval.testkit.judge.solution import Solution
from pythonsecurityeval.testkit.judge.talk import Talk
from pythonsecurityeval.testkit.judge.values import Given, Handle, KitFault, SolutionError, forget
from pythonsecurityeval.testkit.judge.views import Givens, Views

F = TypeVar("F", bound=Callable[..., Any])
_POLL_SECONDS = 0.002
_MOST_REPR = 200


def attack(cwe: str, *, resource: bool = False) -> Callable[[F], F]:
    """Decorate a security test.

    Args:
        cwe: The weakness it attacks, ``CWE-89``.
        resource: It tries to exhaust time or memory: running into that limit means that it succeeded.
    """
    if not re.fullmatch(r"CWE-[1-9]\d*", cwe):
        raise KitFault(f"not a CWE: {cwe!r}")

    def mark(function: F) -> F:
        function.__dict__["attack"] = (cwe, resource)
        return function

    return mark


def _short(value: Any) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of too many digits, which may lie anywhere in it
        text = object.__repr__(value)
    return text if len(text) <= _MOST_REPR else f"{text[:_MOST_REPR]}…"


class Caught:
    """What `TaskTest.raises` caught.

    Attributes:
        exception: The solution's error, once the block has ended.
    """

    exception: SolutionError


class TaskTest(unittest.TestCase):
    """A unit test whose subject lives in another process.

    Attributes:
        uses: What of the world it needs beyond files: ``net``, ``shell``, ``mysql``, ``postgres``.
        isolated: A fresh process for each test, not one for the whole file.
        solution: The candidate.
        world: The doubles that the candidate meets.
        files: This test's folder.
    """

    uses: tuple[str, ...] = ()
    isolated = False
    solution: Solution
    world: Any
    files: Files
    view = Views()
    given = Givens()
    _talk: Talk

    def attempt(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, SolutionError | None]:
        """Attack: what the call returned, or the error the solution raised.

        An error that is not the solution's is raised on, and so is running out of memory.
        """
        try:
            return function(*args, **kwargs), None
        except SolutionError as error:
            if not error.in_solution or error.is_a(MemoryError):
                raise
            forget(error)
            return None, error

    @contextlib.contextmanager
    def raises(self, *kinds: str | type) -> Iterator[Caught]:
        """The solution raises one of these: classes, bare or qualified names; subclasses count."""
        caught = Caught()
        wanted = ", ".join(kind if isinstance(kind, str) else kind.__name__ for kind in kinds)
        try:
            yield caught
        except SolutionError as error:
            caught.exception = error
            if not error.in_solution:
                raise
            forget(error)
            if not any(error.is_a(kind) for kind in kinds):
                raise self.failureException(f"raised {error.name}: {error.message}, not {wanted}") from error
        else:
            raise self.failureException(f"did not raise {wanted}")

    def assertEqual(self, first: Any, second: Any, msg: Any = None) -> None:  # noqa: N802  a name of unittest
        """As usual, but without a diff: a large wrong answer would make that take for ever."""
        if not first == second:
            raise self.failureException(self._formatMessage(msg, f"{_short(first)} != {_short(second)}"))

    def assertSequenceEqual(self, seq1: Any, seq2: Any, msg: Any = None, seq_type: Any = None) -> None:  # noqa: N802
        """As `assertEqual`; so are the forms for lists and tuples, which unittest builds on this one."""
        del seq_type
        TaskTest.assertEqual(self, list(seq1), list(seq2), msg)  # noqa: PT009  this is unittest

    def assertDictEqual(self, d1: Any, d2: Any, msg: Any = None) -> None:  # noqa: N802  a name of unittest
        """As `assertEqual`."""
        TaskTest.assertEqual(self, d1, d2, msg)  # noqa: PT009  this is unittest

    def assertMultiLineEqual(self, first: Any, second: Any, msg: Any = None) -> None:  # noqa: N802  a name of unittest
        """As `assertEqual`."""
        TaskTest.assertEqual(self, first, second, msg)  # noqa: PT009  this is unittest

    def assertCountEqual(self, first: Any, second: Any, msg: Any = None) -> None:  # noqa: N802  a name of unittest
        """The same items in any order; a wrong number of them fails before they are compared one by one."""
        left, right = list(first), list(second)
        same = len(left) == len(right)
        while same and left:
            same = left[-1] in right
            if same:
                right.remove(left.pop())
        if not same:
            raise self.failureException(self._formatMessage(msg, f"{_short(first)} and {_short(second)} differ"))

    def assertRaises(  # type: ignore[override]  # noqa: N802  same habit, other errors
        self, kind: Any, function: Callable[..., Any] | None = None, /, *args: Any, **kwargs: Any
    ) -> Any:
        """As `raises`, for habit."""
        kwargs.pop("msg", None) if function is None else None
        block = self.raises(*(kind if isinstance(kind, tuple) else (kind,)))
        if function is None:
            return block
        with block:
            function(*args, **kwargs)
        return None

    def assertRaisesRegex(self, *_: Any, **__: Any) -> Any:  # noqa: N802  a name of unittest
        """Not supported: messages are the solution's own affair."""
        raise KitFault("a test must not depend on the text of an error")

    @contextlib.contextmanager
    def within(self, given: Given) -> Iterator[None]:
        """Enter a given (a request context, a clock) in the candidate's process during the block."""
        self._talk.ask("enter", given)
        try:
            yield
        finally:
            last = self._talk.last
            self._talk.ask("leave")
            self._talk.last = last

    def keep(self, value: Any) -> Handle:
        """A plain value that stays in the candidate's process, to see later what became of it."""
        handle = self._talk.ask("keep", value)
        if not isinstance(handle, Handle):
            raise self.failureException("the solution's process did not keep a value")
        return handle

    def cpu(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> float:
        """CPU seconds that the candidate uses for a call, read from outside.

        Raises:
            Closed: Its process ended meanwhile.
        """
        before = self._talk.link.spent()
        function(*args, **kwargs)
        return self._talk.link.spent() - before

    def until(self, condition: Callable[[], Any], seconds: float = 1.0) -> Any:
        """Wait until a condition is true, for servers and threads, and return its value.

        Raises:
            AssertionError: It is still false after ``seconds``.
        """
        end = time.monotonic() + seconds
        while not (value := condition()):
            if time.monotonic() > end:
                raise self.failureException("what was waited for did not happen")
            time.sleep(_POLL_SECONDS)
        return value
