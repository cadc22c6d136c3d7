"""One test's conversation with the solution."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, final

from pythonsecurityeval.testkit.judge.link import Answer, Link
from pythonsecurityeval.testkit.judge.values import KitFault

_current: ContextVar[Talk] = ContextVar("talk")


@final
class Talk:
    """Asks the solution on behalf of the running test.

    Attributes:
        link: The wire.
        last: The last answer, with what was printed and logged meanwhile.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        self.last = Answer(None, None, "", "", [])

    def begin(self) -> None:
        """Be the conversation of this thread's test."""
        _current.set(self)

    def ask(self, what: str, *args: Any) -> Any:
        """The solution's answer.

        Raises:
            SolutionError: It raised.
        """
        self.last = self.link.ask(what, *args)
        if self.last.error is not None:
            raise self.last.error
        return self.last.value


def current() -> Talk:
    """The running test's conversation.

    Raises:
        KitFault: No test is running in this thread.
    """
    try:
        return _current.get()
    except LookupError:
        raise KitFault("the solution can only be asked while a test runs") from None
