"""The rules of a model."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

from pythonsecurityeval._codec import decode, encode
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import CheckFailed, DecodeError
from pythonsecurityeval.models import Settings, open_model
from pythonsecurityeval.models.cassette import record
from pythonsecurityeval.protocols import Model
from pythonsecurityeval.testing.checks import Check, demand

_Open = Callable[[], AbstractAsyncContextManager[Model]]
_SHORT = Sampling(max_tokens=16)
_QUESTION = (Message(role="user", content="Write a Python function that returns 1."),)
_AT_ONCE = 6
_FEW = 2
_PATIENCE_S = 10.0


def model_checks(spec: str, settings: Settings | None = None) -> list[Check]:
    """The rules of a model, for a registered plugin.

    Args:
        spec: As for ``pse run --model``.
        settings: How to reach it.
    """
    opened: _Open = partial(open_model, spec, settings)
    return [Check(name, partial(rule, opened)) for name, rule in _RULES.items()]


async def _is_a_model(opened: _Open) -> None:
    async with opened() as model:
        demand(isinstance(model, Model), "the factory must yield an object with name, about and complete")
        demand(isinstance(model.name, str) and model.name.isprintable() and model.name, "name must be printable text")
        demand(not Path(model.name).is_absolute(), f"name is a path of this machine: {model.name}")
        demand("://" not in model.name, f"name is an address: {model.name}")
        try:
            json.dumps(dict(model.about), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise CheckFailed(f"about must be plain JSON data: {error}") from error


async def _is_the_same_model_tomorrow(opened: _Open) -> None:
    async with opened() as model:
        first = model.name
    async with opened() as model:
        demand(
            model.name == first, f"its name was {first!r} and is now {model.name!r}: no recorded call is found again"
        )


async def _gives_a_reply(opened: _Open) -> None:
    async with opened() as model:
        _whole(await model.complete(_QUESTION, _SHORT, 0))


async def _reads_a_whole_conversation(opened: _Open) -> None:
    turns = (
        Message(role="system", content="Answer in one word."),
        Message(role="user", content="naïve \U0001f600 \x00\n```python\npass\n```"),
        Message(role="assistant", content="Yes."),
        Message(role="user", content="Why? " * 50),
    )
    async with opened() as model:
        _whole(await model.complete(turns, Sampling(max_tokens=16, temperature=None, top_p=None), 3))


async def _keeps_to_max_tokens(opened: _Open) -> None:
    async with opened() as model:
        reply = _whole(await model.complete(_QUESTION, Sampling(max_tokens=_FEW), 0))
        demand((reply.output_tokens or 0) <= _FEW, f"asked for {_FEW} tokens at most, it counts {reply.output_tokens}")


async def _answers_several_at_once(opened: _Open) -> None:
    async with opened() as model:
        calls = [model.complete(_QUESTION, _SHORT, draw) for draw in range(_AT_ONCE)]
        for reply in await asyncio.gather(*calls):
            _whole(reply)


async def _can_be_given_up(opened: _Open) -> None:
    async with opened() as model:
        task = asyncio.ensure_future(model.complete(_QUESTION, Sampling(max_tokens=4096), 0))
        await asyncio.sleep(0)
        if task.cancel():  # else it has its answer already
            done, _ = await asyncio.wait([task], timeout=_PATIENCE_S)
            demand(done, f"a call that was cancelled still goes on after {_PATIENCE_S:g} s")
            demand(task.cancelled(), "a call that was cancelled must end with CancelledError")
        _whole(await model.complete(_QUESTION, _SHORT, 1))


async def _can_be_recorded(opened: _Open) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.sqlite"
        async with opened() as model:
            async with record(path, model) as cassette:
                said = await cassette.complete(_QUESTION, _SHORT, 0)
            async with record(path, model, "replay") as cassette:
                demand(
                    await cassette.complete(_QUESTION, _SHORT, 0) == said,
                    "what was recorded differs from what was said",
                )


def _whole(reply: Any) -> Reply:
    """A reply whose every field has its type."""
    demand(dataclasses.is_dataclass(reply) and isinstance(reply, Reply), f"complete must return a Reply: {reply!r:.80}")
    try:
        decode(Reply, encode(reply))
    except DecodeError as error:
        raise CheckFailed(f"the Reply has a wrong field: {error}") from error
    demand(reply.finish != "too_long" or not reply.text, "a conversation that is too long has no answer")
    demand(reply.seconds >= 0, f"seconds is {reply.seconds}")
    demand(min(reply.input_tokens or 0, reply.output_tokens or 0) >= 0, "tokens must be 0 or more")
    return reply  # type: ignore[no-any-return]


_RULES: dict[str, Callable[[_Open], Coroutine[Any, Any, None]]] = {
    "is a model": _is_a_model,
    "is the same model tomorrow": _is_the_same_model_tomorrow,
    "gives a reply": _gives_a_reply,
    "reads a whole conversation": _reads_a_whole_conversation,
    "keeps to max_tokens": _keeps_to_max_tokens,
    "answers several at once": _answers_several_at_once,
    "can be given up": _can_be_given_up,
    "can be recorded": _can_be_recorded,
}
