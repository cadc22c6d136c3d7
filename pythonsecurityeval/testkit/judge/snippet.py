"""``@inside``: a plain function whose source runs in the candidate's process."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cached_property
from typing import Any, final

from pythonsecurityeval.testkit.judge.talk import current
from pythonsecurityeval.testkit.judge.values import Given


@final
class Inside:
    """A function that is called here and runs there.

    Arguments as for the solution's functions; its result should be plain. It
    has no closure and no imports of the test file; ``solution`` is the
    candidate's module.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the function returns there."""
        return current().ask("inside", self._source, self._name, list(args), kwargs)

    def given(self, *args: Any, **kwargs: Any) -> Given:
        """What the function returns there, as an argument of a call or for `TaskTest.within`."""
        return Given(self._source, self._name, args, kwargs)

    @property
    def _name(self) -> str:
        return self._function.__name__

    @cached_property
    def _source(self) -> str:
        (function,) = ast.parse(textwrap.dedent(inspect.getsource(self._function))).body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            function.decorator_list.clear()
        return ast.unparse(function)


def inside(function: Callable[..., Any]) -> Inside:
    """Decorate a plain function of a test file: it runs in the candidate's process."""
    return Inside(function)


def view(name: str, *args: Any, **kwargs: Any) -> Any:
    """Call a function of the kit's library there."""
    return current().ask("inside", "", name, list(args), kwargs)


def given(name: str, *args: Any, **kwargs: Any) -> Given:
    """What a function of the kit's library returns there."""
    return Given("", name, args, kwargs)
