"""One recorded call: its key, and its two forms, as a row of a cassette and as a value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pythonsecurityeval._codec import decode, dumps, encode
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import DecodeError
from pythonsecurityeval.types import sha256

VERSION = 1
"""Of the key; another version is another call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked of a model. Neither its address nor a key of access nor a time-out belongs to it."""

    model: str
    messages: tuple[Message, ...]
    sampling: Sampling
    draw: int
    version: int = VERSION

    @property
    def key(self) -> str:
        """Hex SHA-256 of the request as canonical JSON: the call's name."""
        return sha256(dumps(encode(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request with its answer, as one row of a shipped cassette."""

    key: str
    request: Request
    reply: Reply


def request_of(model: str, messages: Sequence[Message], sampling: Sampling, draw: int) -> Request:
    """The request of one call of `protocols.Model.complete`; a temperature of 1 is one of 1.0."""
    drawn = replace(sampling, temperature=_float(sampling.temperature), top_p=_float(sampling.top_p))
    return Request(model=model, messages=tuple(messages), sampling=drawn, draw=draw)


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def describe(request: Request) -> str:
    """A call in a few words, for a message."""
    asked = " ".join(request.messages[-1].content.split()) if request.messages else ""
    return f"the call {request.key[:12]} of {request.model} ({asked!r:.60}, draw {request.draw})"


def ascii_line(value: object) -> str:
    """A value as one line of canonical JSON in ASCII, so that whatever a model said survives, half a character too."""
    return json.dumps(encode(value), allow_nan=False, sort_keys=True, separators=(",", ":"))


def call_from_row(row: object, model: str) -> Call:
    """A row of a cassette of ``model`` as a call.

    Raises:
        DecodeError: The row has not the documented shape, or its key is not its request's: it was edited.
    """
    call = decode(Call, row)
    if call.request.version != VERSION:
        raise DecodeError("$.request.version", f"expected {VERSION}, found {call.request.version}; record again")
    if call.request.model != model:
        raise DecodeError("$.request.model", f"expected {model!r:.80}, as the head says")
    if call.key != call.request.key:
        raise DecodeError("$.key", "is not the SHA-256 of the request: the row was edited; record it again")
    return call
