"""Where the candidate's requests are served: a closed list, numbered, each within a budget."""

from __future__ import annotations

import dis
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.values import TEST_MODULE, Values, text_of, told

_RAISE = dis.opmap["RAISE_VARARGS"]
_MOST_REQUESTS = 200_000
_MOST_BYTES = 256 << 20


class Network(Protocol):
    """What is needed of ``world.net``."""

    def find(self, host: str, port: int) -> Callable[..., Any] | None:
        """The server at an address."""

    def find_udp(self, host: str, port: int) -> Callable[..., Any] | None:
        """Who answers datagrams at an address."""

    def slow(self, host: str) -> bool:
        """Whether a host stalls."""

    def resolve(self, host: str | None, port: int) -> list[str]:
        """The addresses of a name that is looked up for a port, 0 for none."""


class World(Protocol):
    """What is needed of a test's world."""

    net: Any
    shell: Any


class Desk:
    """Serves one candidate, for one test after another.

    Attributes:
        values: The codec, with this test's callbacks.
        tampered: How the candidate broke the rules; empty if it did not.
        broken: What of the kit broke while it served; then nothing counts.
        hidden: What the candidate tried past its seams in this test, and no double has seen; empty if nothing.
        failed: The first assertion that failed within a callback, whatever the candidate made of it.
    """

    def __init__(self) -> None:
        self.values = Values()
        self.lock = threading.RLock()
        self.tampered = ""
        self.broken = ""
        self.hidden = ""
        self.failed: AssertionError | None = None
        self._world: World | None = None
        self._requests = self._bytes = 0
        self._served: Mapping[str, Callable[..., Any]] = {
            "callback": self._callback,
            "resolve": self._resolve,
            "silent": self._silent,
            "which": self._which,
            "has": self._has,
            "shell": self._shell,
        }

    def begin(self, world: World | None) -> None:
        """A new test with a world of its own; what was sent for the last one is forgotten."""
        with self.lock:
            self._world = world
            self.values.callbacks.clear()
            self._requests = self._bytes = 0
            self.broken, self.hidden, self.failed = "", "", None

    @property
    def world(self) -> World:
        """The world of the running test."""
        if self._world is None:
            raise ConnectionRefusedError(111, "Connection refused")
        return self._world

    def spend(self, size: int) -> None:
        """Count a frame against the budget.

        Raises:
            Tampered: It is used up.
        """
        self._requests += 1
        self._bytes += size
        if self._requests > _MOST_REQUESTS or self._bytes > _MOST_BYTES:
            raise wire.Tampered("too many or too large requests")

    def answer(self, body: bytes | bytearray, number: int) -> dict[str, Any]:
        """The answer to one request, the ``number``-th of its stream.

        Raises:
            Tampered: It is not a request of the closed list.
        """
        with self.lock:  # from the parsing on: of all that is being sent only one value at a time takes room
            return self._answer(wire.parse(body), number)

    def _answer(self, message: Any, number: int) -> dict[str, Any]:
        if type(message) is not dict or message.keys() != {"i", "q", "a"} or message["i"] != number:
            raise wire.Tampered("a request out of order")
        serve = self._served.get(wire.check(message["q"], str, "a request"))
        if serve is None:
            raise wire.Tampered(f"an unknown request {message['q']!r:.40}")
        args = [self.values.claim(arg) for arg in wire.check(message["a"], list, "arguments")]
        return {"i": number, **self.outcome(serve, *args)}

    def outcome(self, serve: Callable[..., Any], *args: Any) -> dict[str, Any]:
        """What ``serve`` returns or raises, as an answer's part."""
        try:
            return {"r": self.values.enc(serve(*args))}
        except wire.Closed:
            raise
        except Exception as error:  # noqa: BLE001  whatever a double or a callback raises is the candidate's to catch
            if serve != self._callback and not isinstance(error, OSError | TypeError | ValueError):
                self.note(error)
            return {"e": described(error, args=serve != self._callback or _on_purpose(error))}

    def note(self, error: BaseException) -> None:
        """Note that a double or the kit broke while it served the candidate."""
        self.broken = self.broken or told(error)[:300]

    def attempted(self, k: str, argv: Sequence[str] = ()) -> None:
        """The candidate tried something past its seams, and was refused by the kernel.

        A program then has the effects that it would have had by the seams; of a connection nobody knows where to.

        Args:
            k: ``start`` or ``socket``.
            argv: The program and its arguments.
        """
        with self.lock:
            if k == "socket":
                self.hidden = "the solution asked the kernel for a connection, past the network of the test"
            elif self._world is not None and not self._world.shell.attempted(list(argv)):
                self.hidden = "the solution started more programs, past the shell of the test, than are counted"

    def _callback(self, number: Any, args: Any, kwargs: Any) -> Any:
        wire.check(args, list, "arguments")
        if any(type(key) is not str for key in wire.check(kwargs, dict, "arguments")):
            raise wire.Tampered("a keyword that is no string")
        function = self.values.callbacks.get(wire.check(number, int, "a callback"))
        if function is None:
            raise ReferenceError("a function of an earlier test")
        try:
            return function(*args, **kwargs)
        except AssertionError as error:
            self.failed = self.failed or error
            raise
        except RuntimeError as error:  # it tried to call the solution, or worse
            self.note(error)
            raise

    def _resolve(self, host: Any, port: Any) -> list[str]:
        net: Network = self.world.net
        return list(net.resolve(wire.check(host, str, "a name"), wire.check(port, int, "a port")))

    def _silent(self, host: Any, port: Any) -> bool:
        net: Network = self.world.net
        place = wire.check(host, str, "a host"), wire.check(port, int, "a port")
        return net.find_udp(*place) is None or net.slow(place[0])

    def _which(self, argv: Any, shell: Any) -> None:
        self.world.shell.which(_argv(argv), wire.check(shell, bool, "a flag"))

    def _has(self, name: Any) -> bool:
        return bool(self.world.shell.has(wire.check(name, str, "a program")))

    def _shell(self, argv: Any, shell: Any, stdin: Any, cwd: Any, env: Any) -> Any:
        for key, value in wire.check(env, dict, "an environment").items():
            wire.check(key, str, "a variable")
            wire.check(value, str, "a variable")
        wire.check(stdin, bytes, "standard input")
        wire.check(cwd, str, "a folder")
        return self.world.shell.run(_argv(argv), wire.check(shell, bool, "a flag"), stdin, cwd, env)


def _argv(argv: Any) -> list[str] | str:
    if type(argv) is str:
        return argv
    return [wire.check(arg, str, "an argument") for arg in wire.check(argv, list, "arguments")]


def described(error: BaseException, *, args: bool = True) -> dict[str, Any]:
    """An exception of the judge, as the candidate is told: names of its family, and plain arguments.

    Args:
        error: The exception.
        args: Whether its arguments are told. Those of an assertion never are: they say what was expected.
    """
    family = [kind for kind in type(error).__mro__[:-2] if not kind.__module__.startswith(TEST_MODULE)]
    plain: list[Any] = []
    if args and not isinstance(error, AssertionError):
        plain = [arg if isinstance(arg, str | int | float | None) else text_of(arg) for arg in error.args]
    return {"mro": [f"{kind.__module__}.{kind.__qualname__}" for kind in family], "a": plain}


def _on_purpose(error: BaseException) -> bool:
    """Whether a ``raise`` of the test file made it; the text of any other may name the test, or what it holds."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None or not str(step.tb_frame.f_globals.get("__name__")).startswith(TEST_MODULE):
        return False
    return step.tb_frame.f_code.co_code[step.tb_lasti] == _RAISE
