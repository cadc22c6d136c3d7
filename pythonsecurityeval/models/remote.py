"""Models behind an address: their key, how they are asked, and what their clients' errors mean.

Retries, and the waits that a server asks for in ``Retry-After``, are the clients' own business.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pythonsecurityeval.chat import Finish, Message, Reply, Sampling
from pythonsecurityeval.errors import ModelFailed, PseError, UsageError
from pythonsecurityeval.models.settings import Settings

_UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 401, 403, 404, 429
_SERVERS_FAULT = 500

#: What providers say in an error where the model has in fact answered: with nothing.
_ANSWERS: dict[str, Finish] = {
    "context_length_exceeded": "too_long",
    "exceed_context_size": "too_long",
    "maximum context length": "too_long",
    "prompt is too long": "too_long",
    "content_filter": "refused",
    "content_policy_violation": "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a provider is reached."""

    model: str
    address: str
    variable: str
    key: str

    def outcome(self, error: Exception) -> Reply:
        """An error of the client as an answer of the model, where it is one.

        Raises:
            UsageError: The provider does not accept the request.
            ModelFailed: It cannot be reached, or failed after all retries.
        """
        status, said = getattr(error, "status_code", None), _said(error)
        if isinstance(status, int) and status < _SERVERS_FAULT and status != _TOO_MANY:
            for words, finish in _ANSWERS.items():
                if words in said:
                    return Reply(text="", finish=finish)
        raise self._failure(status, f"{said!r:.300}") from error

    def _failure(self, status: int | None, said: str) -> PseError:
        if status is None:
            return ModelFailed(f"{self.model}: no answer from {self.address} after all retries: {said}")
        if status in {_UNAUTHORISED, _FORBIDDEN}:
            return UsageError(f"{self.address} does not accept the key in {self.variable}: {said}")
        if status == _NOT_FOUND:
            return UsageError(f"{self.address} has no model {self.model!r}, or is no such server: {said}")
        if status == _TOO_MANY:
            return ModelFailed(f"{self.model}: {self.address} still limits the rate: {said}; wait, then --resume")
        if status >= _SERVERS_FAULT:
            return ModelFailed(f"{self.model}: {self.address} fails with {status} after all retries: {said}")
        return UsageError(f"{self.address} does not accept the request ({status}): {said}")


class RemoteModel:
    """A model that is asked by its maker's client.

    Args:
        access: How it is reached.
        client: The client's name and version.
        ask: Sends a request and returns the client's raw response.
        error: What the client raises.
        reply: Makes a reply of an answer's JSON and the seconds it took.
    """

    def __init__(
        self,
        access: Access,
        client: str,
        ask: Callable[[Sequence[Message], Sampling], Awaitable[Any]],
        error: type[Exception],
        reply: Callable[[Any, float], Reply],
    ) -> None:
        self.name = access.model
        self.about: Mapping[str, Any] = {"client": client}
        self._access = access
        self._ask = ask
        self._error = error
        self._reply = reply

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:  # noqa: ARG002 - the server draws
        """The model's answer; its reasoning is left out.

        Raises:
            UsageError: The server does not accept the request.
            ModelFailed: It cannot be reached or does not answer, after all retries.
        """
        started = time.monotonic()
        try:
            answer = await self._ask(messages, sampling)
        except self._error as error:
            return self._access.outcome(error)
        return self._reply(parsed(answer.http_response.text, self._access), time.monotonic() - started)


def access(model: str, settings: Settings, *, address: str, variable: str) -> Access:
    """How to reach a model: at the provider's own address, or at the user's.

    Raises:
        UsageError: There is no key. A server of the user's own may need none.
    """
    key = os.environ.get(variable, "")
    if not key and settings.base_url is None:
        raise UsageError(f"no key for {model}: set {variable}, or give the --base-url of a server that needs none")
    return Access(model=model, address=settings.base_url or address, variable=variable, key=key or "none")


def parsed(text: str, access: Access) -> Any:
    """An answer's JSON.

    Raises:
        ModelFailed: It is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelFailed(
            f"{access.model}: {access.address} answers with no JSON ({error}); check --base-url"
        ) from None


def _said(error: Exception) -> str:
    """What the provider wrote, as far as it can be found; never the request, which holds the key."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error", body)
        inner = inner if isinstance(inner, dict) else {"message": inner}
        return " ".join(str(inner[name]) for name in ("code", "type", "message") if inner.get(name))
    return str(body or error.__cause__ or error)
