"""Loads a test file and runs its tests, one by one, against a candidate: here verdicts are made."""

from __future__ import annotations

import inspect
import linecache
import os
import re
import sys
import types
import unittest
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, final

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge import seams
from pythonsecurityeval.testkit.judge.case import TaskTest
from pythonsecurityeval.testkit.judge.files import Files
from pythonsecurityeval.testkit.judge.link import ENDED, Link
from pythonsecurityeval.testkit.judge.solution import Solution
from pythonsecurityeval.testkit.judge.talk import Talk
from pythonsecurityeval.testkit.judge.values import TEST_MODULE, KitFault, SolutionError, forget, text_of, told
from pythonsecurityeval.types import CaseResult, Outcome

WorldFactory = Callable[[Files, tuple[str, ...], Callable[[int], Any]], Any]

_KNOWN = frozenset({"net", "shell", "mysql", "postgres", "mssql", "mongo", "dynamodb"})
_REFUSALS = frozenset({"assertRaises", "raises", "attempt"})
_MOST_MESSAGE = 500
_LAZY = inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TestId:
    """One test of a suite.

    Attributes:
        name: The method's name.
        cwe: What it attacks; empty for a functional test.
        resource: Running into a limit means that the attack succeeded.
        isolated: Wants a process of its own.
        answers: Wants answers only: neither it nor a method it uses expects an error.
        uses: What of the world it needs.
    """

    __test__ = False  # not a test of ours

    name: str
    cwe: str = ""
    resource: bool = False
    isolated: bool = False
    answers: bool = True
    uses: tuple[str, ...] = ()
    case: type[TaskTest] = field(repr=False, compare=False)


@final
class Suite:
    """The tests of one file, in the order of their source."""

    def __init__(self, tests: tuple[TestId, ...]) -> None:
        self.tests = tests
        self.uses = tuple(sorted({use for test in tests for use in test.uses}))

    @classmethod
    def load(cls, source: str, name: str) -> Suite:
        """Load a test file.

        Args:
            source: Its text.
            name: What to call it, ``PSE-002/security``.

        Raises:
            KitFault: It does not load, or is not a suite.
        """
        module = types.ModuleType(TEST_MODULE + name)
        module.__file__ = f"<{name}>"
        linecache.cache[module.__file__] = len(source), None, source.splitlines(keepends=True), module.__file__
        sys.modules[module.__name__] = module
        try:
            exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)  # noqa: S102  our own test
            tests = [test for case in _cases(module) for test in _tests(case)]
        except KitFault:
            raise
        except Exception as error:
            raise KitFault(f"{name} does not load: {told(error)}") from error
        names = [test.name for test in tests]
        if not tests or len(set(names)) != len(names):
            raise KitFault(f"{name} has no tests, or two of one name")
        return cls(tuple(tests))


def _cases(module: types.ModuleType) -> list[type[TaskTest]]:
    values = vars(module).values()
    return [v for v in values if isinstance(v, type) and issubclass(v, TaskTest) and v.__module__ == module.__name__]


def _tests(case: type[TaskTest]) -> Iterator[TestId]:
    uses = tuple(case.uses)
    if not set(uses) <= _KNOWN:
        raise KitFault(f"{case.__name__}.uses names what does not exist: {sorted(set(uses) - _KNOWN)}")
    for name, value in vars(case).items():
        if name.startswith("test") and isinstance(value, types.FunctionType):
            if value.__code__.co_flags & _LAZY:
                raise KitFault(f"{case.__name__}.{name} would never run: it is no plain function")
            cwe, resource = value.__dict__.get("attack", ("", False))
            answers = _REFUSALS.isdisjoint(_used(case, value))
            yield TestId(
                name=name, cwe=cwe, resource=resource, isolated=case.isolated, answers=answers, uses=uses, case=case
            )


def _used(case: type[TaskTest], method: types.FunctionType) -> set[str]:
    """Names that a method uses, and those used by the methods of its class among them."""
    names: set[str] = set()
    pending = [method]
    while pending:
        new = set(pending.pop().__code__.co_names) - names
        names |= new
        pending += [value for name in new if isinstance(value := vars(case).get(name), types.FunctionType)]
    return names


def run_test(suite: Suite, test: TestId, code: str, link: Link, world_factory: WorldFactory) -> CaseResult:
    """Run one test against a candidate; never raises for what the candidate does.

    Args:
        suite: The test's suite.
        test: The test.
        code: The solution's text.
        link: The wire to a candidate's process.
        world_factory: Makes the doubles: ``(files, uses, dial)``.

    Raises:
        KitFault: The test or the kit is at fault; no sample is graded by it.
    """
    del suite  # of which a candidate is to see nothing but the test
    try:
        scratch = link.scratch.fresh()
    except OSError as error:
        if not link.used:
            raise KitFault(f"no folder can be made: {error}") from error
        return _result(test, Outcome.ERROR, "the solution left no room for a folder")
    files = Files(scratch)
    try:
        world = _made(lambda: world_factory(files, test.uses, link.dial), "the world")
    except KitFault:
        scratch.close()
        if not link.used:
            raise
        return _result(test, Outcome.ERROR, "the solution left no room for a world")
    link.begin(world)
    try:
        outcome, message = _verdict(test, code, link, files, world)
    finally:
        link.end()
        world.close()
        scratch.close()
    return _result(test, outcome, _one_line(message, link.scratch.path, files.root))


def _result(test: TestId, outcome: Outcome, message: str) -> CaseResult:
    return CaseResult(name=test.name, outcome=outcome, cwe=test.cwe, resource=test.resource, message=message)


def _verdict(test: TestId, code: str, link: Link, files: Files, world: Any) -> tuple[Outcome, str]:
    talk = Talk(link)
    talk.begin()
    try:
        if not link.configured:
            seams.complete(link, talk, watched=bool(test.cwe) and "shell" in test.uses)
        link.used = True
        outcome, message = _loaded(talk, code, files) or _performed(test, talk, files, world)
        if outcome is Outcome.PASSED and test.cwe and link.pictured:
            link.desk.hidden = link.desk.hidden or seams.replaced(talk)
        link.check()
    except wire.Tampered as error:
        return Outcome.TAMPERED, str(error)
    except wire.Closed as error:
        return Outcome.ERROR, str(error)
    if link.desk.broken:
        return Outcome.ERROR, f"kit: {link.desk.broken}"
    for fault in world.faults:
        return Outcome.ERROR, f"a double of the test: {told(fault)}"
    if outcome is Outcome.PASSED and link.desk.failed is not None:
        return Outcome.FAILED, text_of(link.desk.failed)
    if outcome is Outcome.PASSED and test.cwe and link.desk.hidden:  # what an attack looked for may have been that
        return Outcome.ERROR, link.desk.hidden
    if outcome is Outcome.PASSED and link.gone:  # and the test swallowed that
        return Outcome.ERROR, ENDED
    return outcome, message


def _loaded(talk: Talk, code: str, files: Files) -> tuple[Outcome, str] | None:
    """What comes of loading the solution; None if it loads."""
    try:
        talk.ask("load", code, files.root)
    except wire.Unsendable:
        return Outcome.ERROR, "the solution does not load: it is too long"
    except SolutionError as error:
        return _raised(error, Outcome.ERROR, "the solution does not load: ")
    return None


def _performed(test: TestId, talk: Talk, files: Files, world: Any) -> tuple[Outcome, str]:
    case = test.case(test.name)
    case.solution, case.world, case.files = Solution(talk), world, files
    case._talk = talk  # noqa: SLF001  set here, and by nobody else
    error = _run(case, test.name)
    if error is None:
        return Outcome.PASSED, ""
    try:
        return _judged(test, error)
    finally:
        forget(error)


def _judged(test: TestId, error: Exception) -> tuple[Outcome, str]:
    """What a test's error means."""
    if isinstance(error, AssertionError):
        return Outcome.FAILED, text_of(error)
    if isinstance(error, SolutionError):
        return _raised(error, Outcome.FAILED, "")
    if isinstance(error, wire.Closed | KitFault):
        raise error
    if isinstance(error, unittest.SkipTest):
        raise KitFault(f"{test.name} skips") from error
    return _tripped(test, error)


def _run(case: TaskTest, name: str) -> Exception | None:
    """The test with its fixtures; the first error counts, whatever goes wrong after it."""
    error = _tried(case.setUp) or _tried(getattr(case, name))
    errors = [error, _tried(case.tearDown)]
    while case._cleanups:  # type: ignore[attr-defined]  # noqa: SLF001  unittest's own runner swallows their errors
        function, args, kwargs = case._cleanups.pop()  # type: ignore[attr-defined]  # noqa: SLF001  as above
        errors.append(_tried(function, *args, **kwargs))
    return next((error for error in errors if error), None)


def _tried(step: Callable[..., Any], *args: Any, **kwargs: Any) -> Exception | None:
    try:
        step(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  looked at in `_judged`
        return error
    return None


def _raised(error: SolutionError, otherwise: Outcome, prefix: str) -> tuple[Outcome, str]:
    line = f" (solution.py line {error.line})" if error.line else ""
    message = f"{prefix}{error.name}: {error.message}{line}"
    if not error.in_solution:
        return Outcome.ERROR, message
    if error.is_a(MemoryError):
        return Outcome.OUT_OF_MEMORY, message
    if error.not_installed and error.is_a(ModuleNotFoundError):
        return Outcome.MISSING_LIBRARY, message
    return otherwise, message


def _tripped(test: TestId, error: Exception) -> tuple[Outcome, str]:
    """A test that raised: failed, or undetermined for an attack, since a crash is no proof of either."""
    step, line = error.__traceback__, 0
    while step is not None:
        if step.tb_frame.f_code.co_filename == sys.modules[test.case.__module__].__file__:
            line = step.tb_lineno
        step = step.tb_next
    message = f"the test met {told(error)} (line {line})"
    return (Outcome.ERROR if test.cwe else Outcome.FAILED), message


def _made(make: Callable[[], Any], what: str) -> Any:
    try:
        return make()
    except Exception as error:
        raise KitFault(f"{what} cannot be made: {told(error)}") from error


def _one_line(message: str, *paths: str) -> str:
    """The message, printable, bounded and the same in every run."""
    for path in sorted(paths, key=len, reverse=True):
        message = message.replace(path.rstrip(os.sep), "<scratch>") if len(path) > 1 else message
    plain = "".join(c if c.isprintable() else " " for c in message[: 8 * _MOST_MESSAGE])
    text = " ".join(_ADDRESS.sub("0x…", plain).split())
    return text if len(text) <= _MOST_MESSAGE else f"{text[: _MOST_MESSAGE - 1]}…"
