"""``openai:NAME``: OpenAI, or with ``--base-url`` any server that speaks its protocol.

vLLM, SGLang, Ollama, llama-server, TGI and OpenRouter do. The key is in ``OPENAI_API_KEY``.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.models import completions, remote
from pythonsecurityeval.models._extras import require
from pythonsecurityeval.models.settings import Settings

_ADDRESS = "https://api.openai.com/v1"


@contextlib.asynccontextmanager
async def openai(target: str, settings: Settings) -> AsyncIterator[remote.RemoteModel]:
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

    async def ask(messages: Sequence[Message], sampling: Sampling) -> Any:
        body = completions.body(access.model, messages, sampling, limit=limit)
        return await client.chat.completions.with_raw_response.create(**body)

    async with client:
        about = f"openai {library.__version__}"
        yield remote.RemoteModel(access, about, ask, library.OpenAIError, completions.reply)
