"""``replay:CASSETTE``: a recorded model, without a key or a network; by the name of one that ships here, or a file."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval import _registry
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import CassetteMiss, UsageError
from pythonsecurityeval.models.calls import describe, request_of
from pythonsecurityeval.models.exchange import Recording, recording
from pythonsecurityeval.models.settings import Settings

_SHIPPED = Path(__file__).parent / "cassettes"
_ENDING = ".jsonl.xz"


class Replayed:
    """A model that says again what was recorded."""

    def __init__(self, source: Path, recorded: Recording) -> None:
        self._source = source
        self._recorded = recorded

    @property
    def name(self) -> str:
        """The recorded model's."""
        return self._recorded.head.model

    @property
    def about(self) -> Mapping[str, Any]:
        """What the cassette says of its model and of the recording."""
        return self._recorded.head.about

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The recorded answer.

        Raises:
            CassetteMiss: The call was not recorded.
        """
        request = request_of(self.name, messages, sampling, draw)
        call = self._recorded.calls.get(request.key)
        if call is None:
            raise CassetteMiss(
                f"{self._source}: {describe(request)} was never recorded; use the options of the recording"
            )
        return call.reply


@contextlib.asynccontextmanager
async def replay(target: str, settings: Settings) -> AsyncIterator[Replayed]:  # noqa: ARG001 - a factory's signature
    """Opens a shipped cassette by its name, or one in a file.

    Raises:
        UsageError: There is none, or it was edited.
    """
    source = find(target)
    yield Replayed(source, recording(source))


def find(target: str) -> Path:
    """The file of a cassette.

    Raises:
        UsageError: There is none of that name.
    """
    shipped = {path.name.removesuffix(_ENDING): path for path in sorted(_SHIPPED.glob(f"*{_ENDING}"))}
    if target in shipped:
        return shipped[target]
    if not Path(target).is_file():
        raise UsageError(f"{target}: no such cassette; {_registry.nearest(target, shipped)}; or give a file")
    return Path(target)
