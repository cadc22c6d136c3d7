"""``openai:NAME``: OpenAI, or with ``--base-url`` any server that speaks its protocol.

vLLM, SGLang, Ollama, llama-server, TGI and OpenRouter do. The key is in ``OPENAI_API_KEY``.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.models import completions, remote
from pythonsecurityeval.models._extras import require
from pythonsecurityeval.models.settings import Settings

_ADDRESS = "https://api.openai.com/v1"


@contextlib.asynccontextmanager
async def openai(target: str, settings: Settings) -> AsyncIterator[OpenAI]:
    """Connects to the model that the server calls ``target``.

    Raises:
        EnvironmentMissing: The client is not installed.
        UsageError: There is no key.
    """
    library = require("openai", "openai")
    access = remote.access(target, settings, address=_ADDRESS, variable="OPENAI_API_KEY")
    client = library.AsyncOpenAI(
        api_key=access.key, base_url=access.address, max_retries=settings.retries, timeout=settings.timeout_s
    )
    # OpenAI's newest models know only the new name of the limit, some servers only the old one.
    limit = "max_completion_tokens" if settings.base_url is None else "max_tokens"
    async with client:
        yield OpenAI(library, client, access, limit)


class OpenAI:
    """A model behind the chat-completions protocol."""

    def __init__(self, library: Any, client: Any, access: remote.Access, limit: str) -> None:
        self.name = access.model
        self.about: Mapping[str, Any] = {"client": f"openai {library.__version__}"}
        self._library = library
        self._client = client
        self._access = access
        self._limit = limit

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:  # noqa: ARG002 - the server draws
        """The model's answer.

        Raises:
            UsageError: The server does not accept the request.
            ModelFailed: It cannot be reached or does not answer, after all retries.
        """
        body = completions.body(self.name, messages, sampling, limit=self._limit)
        started = time.monotonic()
        try:
            answer = await self._client.chat.completions.with_raw_response.create(**body)
        except self._library.OpenAIError as error:
            return self._access.outcome(error)
        return completions.reply(remote.parsed(answer.http_response.text, self._access), time.monotonic() - started)
