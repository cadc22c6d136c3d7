"""Cursors: results that travel in batches."""

from __future__ import annotations

import itertools
from typing import Any, Final

from bson import Int64

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context

_FIRST: Final = 101
_MOST_BATCH: Final = 5000
_MOST_CURSORS: Final = 200
Document = dict[str, Any]


class Cursors:
    """Results that clients have not taken yet."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[str, list[Document]]] = {}
        self._numbers = itertools.count(1)

    def first(self, name: str, documents: list[Document], options: Document, context: Context) -> Document:
        """The answer with the first batch."""
        size = options.get("batchSize", _FIRST)
        batch, rest = self._batch(documents, size if isinstance(size, int) else _FIRST, context)
        number = 0
        if rest and not options.get("singleBatch"):
            number = next(self._numbers)
            self._open[number] = (name, rest)
            for old in list(self._open)[:-_MOST_CURSORS]:
                del self._open[old]
        return {"cursor": {"firstBatch": batch, "id": Int64(number), "ns": name}}

    def more(self, body: Document, context: Context) -> Document:
        """The answer with the next batch.

        Raises:
            MongoError: There is no such cursor.
        """
        number = body["getMore"]
        name, documents = self._open.pop(number, ("", None)) if isinstance(number, int) else ("", None)
        if documents is None:
            raise MongoError(43, f"cursor id {number} not found")
        size = body.get("batchSize", _MOST_BATCH)
        batch, rest = self._batch(documents, size if isinstance(size, int) and size > 0 else _MOST_BATCH, context)
        if rest:
            self._open[number] = (name, rest)
        return {"cursor": {"nextBatch": batch, "id": Int64(number if rest else 0), "ns": name}}

    def kill(self, body: Document, _: Context) -> Document:
        """Forget cursors."""
        numbers = [n for n in body.get("cursors", []) if isinstance(n, int)]
        killed = [n for n in numbers if self._open.pop(n, None)]
        return {"cursorsKilled": killed, "cursorsNotFound": [n for n in numbers if n not in killed]}

    @staticmethod
    def _batch(documents: list[Document], size: int, context: Context) -> tuple[list[Document], list[Document]]:
        """As many documents as fit one answer."""
        size = min(size, _MOST_BATCH)
        batch = documents[:size]
        context.work.weigh(batch)
        return batch, documents[size:]
