"""The format of OpenAI's chat completions, which most servers speak: requests out, answers in.

Source: OpenAI's API reference, *Create chat completion*; the same fields are served by vLLM, SGLang, Ollama,
llama-server, TGI and OpenRouter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pythonsecurityeval._codec import encode
from pythonsecurityeval.chat import Finish, Message, Reply, Sampling
from pythonsecurityeval.errors import ModelFailed

_FINISH: dict[str, Finish] = {"stop": "stop", "length": "length", "content_filter": "refused"}


def body(model: str, messages: Sequence[Message], sampling: Sampling, *, limit: str) -> dict[str, Any]:
    """The body of a request.

    Args:
        model: As the server calls it.
        messages: The conversation.
        sampling: What is ``None`` in it is left out.
        limit: The name of the field for the longest answer: ``max_completion_tokens``, or ``max_tokens`` as of old.
    """
    drawn = {"temperature": sampling.temperature, "top_p": sampling.top_p}
    return {
        "model": model,
        "messages": [encode(message) for message in messages],
        limit: sampling.max_tokens,
        **{name: value for name, value in drawn.items() if value is not None},
    }


def reply(answer: Any, seconds: float) -> Reply:
    """The reply in an answer, which may be anything a server sent.

    Raises:
        ModelFailed: It is no chat completion.
    """
    choice = _first(_field(answer, "choices", list))
    message = _field(choice, "message", dict)
    refusal = message.get("refusal")
    usage = answer.get("usage")
    finish = _FINISH.get(str(choice.get("finish_reason")), "other")
    return Reply(
        text=_text(message.get("content")) or _text(refusal),
        finish="refused" if refusal else finish,
        input_tokens=_count(usage, "prompt_tokens"),
        output_tokens=_count(usage, "completion_tokens"),
        seconds=round(seconds, 3),
    )


def _field(data: Any, name: str, cls: type) -> Any:
    value = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(value, cls):
        raise ModelFailed(f"the server's answer is no chat completion: it has no {name!r}; check --base-url")
    return value


def _first(choices: list[Any]) -> dict[str, Any]:
    if not choices or not isinstance(choices[0], dict):
        raise ModelFailed("the server's answer is no chat completion: it has no choice; check --base-url")
    return choices[0]


def _text(content: Any) -> str:
    """What a message says; reasoning that a server gives apart is no part of it."""
    if content is None or isinstance(content, str):
        return content or ""
    raise ModelFailed("the server's answer is no chat completion: its content is no text; check --base-url")


def _count(usage: Any, name: str) -> int | None:
    value = usage.get(name) if isinstance(usage, Mapping) else None
    return value if type(value) is int and value >= 0 else None
