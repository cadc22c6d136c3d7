"""``self.solution``: the candidate, as a test sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from pythonsecurityeval.testkit.judge.talk import Talk


@final
class Solution:
    """Every attribute is a function of the candidate.

    Arguments are plain data, handles, givens, classes that exist there, or
    functions of the test, which are called back. A result is plain data, or a
    handle where it is not. A coroutine is awaited there. ``solution["get"]`` is
    the candidate's function where the name is one of this class.
    """

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self._talk.ask("call", name, list(args), kwargs)

    def get(self, name: str) -> Any:
        """A value of the candidate's module."""
        return self._talk.ask("get", name)

    def start(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Call a function in a background thread, which ends with the process."""
        self._talk.ask("start", name, list(args), kwargs)

    def io(
        self,
        stdin: str | bytes | None = None,
        argv: Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Set standard input, ``sys.argv`` and additions to the environment, for the calls to come."""
        self._talk.ask("io", stdin, None if argv is None else list(argv), None if env is None else dict(env))

    def main(self, *args: Any) -> Any:
        """Run the solution as a program: its function ``main`` if it has one, else the file as ``__main__``.

        Returns:
            What ``main`` returns; the exit status where it exits.
        """
        return self._talk.ask("main", list(args))

    @property
    def stdout(self) -> str:
        """What the last call printed."""
        return self._talk.last.stdout

    @property
    def stderr(self) -> str:
        """What the last call wrote to standard error."""
        return self._talk.last.stderr

    @property
    def logs(self) -> list[tuple[str, str]]:
        """Level and message of each record that the last call logged, by any logger that lets it through."""
        return list(self._talk.last.logs)
