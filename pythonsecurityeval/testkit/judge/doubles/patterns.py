"""Regular expressions of strangers, matched in time linear in the text.

RE2 stands for PCRE (MongoDB), ICU (MySQL) and ARE (PostgreSQL). It has no
look-around and no back-references; patterns with them are refused.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any, final

_MOST_PATTERN = 4096
_MOST_MEMORY = 8 << 20
#: Instructions of a compiled pattern times characters of a text; so many take about half a second.
_MOST_WORK = 1 << 24
_FLAGS = frozenset("ims")


class BadPatternError(ValueError):
    """A pattern that does not parse, or costs more than any honest one."""


@final
class Pattern:
    """A pattern ready to search."""

    def __init__(self, text: str, flags: str) -> None:
        engine: Any = importlib.import_module("re2")  # loaded with the first pattern
        options = engine.Options()
        options.max_mem, options.log_errors = _MOST_MEMORY, False
        kept = "".join(sorted(_FLAGS.intersection(flags)))
        try:
            self._compiled = engine.compile(f"(?{kept}){text}" if kept else text, options)
        except (engine.error, UnicodeError) as error:
            raise BadPatternError("not a regular expression that is understood") from error
        self._size = int(self._compiled.programsize)

    def cost(self, text: str) -> int:
        """The work of searching ``text``: instructions times characters."""
        return self._size * len(text)

    def found_in(self, text: str) -> bool:
        """Whether it matches anywhere in ``text``.

        Raises:
            BadPatternError: Pattern and text together are larger than any honest ones.
        """
        if self.cost(text) > _MOST_WORK:
            raise BadPatternError("match limit exceeded")
        return self._compiled.search(text.encode("utf-8", "replace").decode()) is not None

    def replaced(self, text: str, by: str, *, every: bool) -> str:
        """``text`` with what matches replaced by ``by``, which is taken as it is.

        Raises:
            BadPatternError: Pattern, text and result together are larger than any honest ones.
        """
        if self.cost(text) > _MOST_WORK or len(text) * max(1, len(by)) > _MOST_WORK:
            raise BadPatternError("match limit exceeded")
        clean = text.encode("utf-8", "replace").decode()
        return str(self._compiled.sub(lambda _: by, clean, 0 if every else 1))


@functools.lru_cache(maxsize=128)
def pattern(text: str, flags: str = "") -> Pattern:
    """A pattern.

    Args:
        text: The pattern.
        flags: Letters: ``i`` for any case, ``m`` for lines, ``s`` for a dot that matches their ends.

    Raises:
        BadPatternError: It does not parse.
    """
    if len(text) > _MOST_PATTERN:
        raise BadPatternError("the pattern is too long")
    return Pattern(text, flags)
