"""Tells an error that a seam meant to raise from a seam that broke.

A broken seam raises too, a candidate may swallow that, and every attack would
seem repelled. So whatever escapes from the kit's own code by accident is noted
here and reported beside the next answer, and the judge counts the test as
an error, whatever came of it.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from pythonsecurityeval.testkit.inside import wire

E = TypeVar("E", bound=BaseException)
F = TypeVar("F", bound=Callable[..., Any])

_HERE = str(Path(__file__).parent)
_MARK = "_pse_deliberate"

#: What broke since the last answer.
noted: list[str] = []


def deliberate(error: E) -> E:
    """Mark ``error`` as one that the real thing would raise too."""
    setattr(error, _MARK, True)
    return error


def note(error: BaseException) -> None:
    """Note that the kit broke with ``error``."""
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({Path(frame[0].filename).name}:{frame[0].lineno})" if frame else ""
    noted.append(f"{type(error).__name__}: {error}{where}"[:300])


def seam(function: F) -> F:
    """Decorate a replacement of something real: accidents in it are noted, everything is raised on."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (OSError, MemoryError, RecursionError, SystemExit):
            raise
        except wire.Closed as error:
            note(error)
            raise
        except BaseException as error:
            if not getattr(error, _MARK, False) and _is_ours(error):
                note(error)
            raise

    return cast("F", guarded)


def _is_ours(error: BaseException) -> bool:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and step.tb_frame.f_code.co_filename.startswith(_HERE)


def replace(owner: Any, **new: Any) -> None:
    """Set attributes of a class or module of somebody else."""
    for name, value in new.items():
        setattr(owner, name, value)
