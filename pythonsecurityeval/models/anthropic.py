"""``anthropic:NAME``: Anthropic's Messages API. The key is in ``ANTHROPIC_API_KEY``.

Source: Anthropic's API reference, *Create a Message*.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from pythonsecurityeval._codec import encode
from pythonsecurityeval.chat import Finish, Message, Reply, Sampling
from pythonsecurityeval.errors import ModelFailed
from pythonsecurityeval.models import remote
from pythonsecurityeval.models._extras import require
from pythonsecurityeval.models.settings import Settings

_ADDRESS = "https://api.anthropic.com"
_FINISH: dict[str, Finish] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refused",
}
_INPUTS = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


@contextlib.asynccontextmanager
async def anthropic(target: str, settings: Settings) -> AsyncIterator[remote.RemoteModel]:
    """Connects to the model ``target``.

    Raises:
        EnvironmentMissing: The client is not installed.
        UsageError: There is no key.
    """
    library = require("anthropic", "anthropic")
    access = remote.access(target, settings, address=_ADDRESS, variable="ANTHROPIC_API_KEY")
    client = library.AsyncAnthropic(api_key=access.key, base_url=access.address, max_retries=settings.retries)

    async def ask(messages: Sequence[Message], sampling: Sampling) -> Any:
        # The time-out stands here because the client refuses long answers, unstreamed, without one.
        body = _body(access.model, messages, sampling)
        return await client.messages.with_raw_response.create(**body, timeout=settings.timeout_s)

    async with client:
        about = f"anthropic {library.__version__}"
        yield remote.RemoteModel(access, about, ask, library.AnthropicError, _reply)


def _body(model: str, messages: Sequence[Message], sampling: Sampling) -> dict[str, Any]:
    """Messages of the system stand apart.

    Temperature and top-p go past the client, which has no names for them any more: older models take them, a newer
    one refuses them, and then so does the run, since the answers would not be drawn as asked.
    """
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    drawn = {"temperature": sampling.temperature, "top_p": sampling.top_p}
    return {
        "model": model,
        "max_tokens": sampling.max_tokens,
        "messages": [encode(message) for message in messages if message.role != "system"],
        **({"system": system} if system else {}),
        "extra_body": {name: value for name, value in drawn.items() if value is not None},
    }


def _reply(answer: Any, seconds: float) -> Reply:
    blocks = answer.get("content") if isinstance(answer, dict) else None
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise ModelFailed("the server's answer is no message: it has no content; check --base-url")
    usage = answer.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Reply(
        text="".join(str(block.get("text", "")) for block in blocks if block.get("type") == "text"),
        finish=_FINISH.get(str(answer.get("stop_reason")), "other"),
        input_tokens=_count(usage, *_INPUTS),
        output_tokens=_count(usage, "output_tokens"),
        seconds=round(seconds, 3),
    )


def _count(usage: dict[str, Any], *names: str) -> int | None:
    told = [usage[name] for name in names if type(usage.get(name)) is int and usage[name] >= 0]
    return sum(told) if told else None
