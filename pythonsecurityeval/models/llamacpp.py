"""``llamacpp:FILE.gguf``: a model in this process, by llama.cpp; no key, no network.

It is named after the SHA-256 of its file, since nothing else about a file of weights is sure: what it says of itself
is a claim. The random seed of an answer is taken from the call's key, so that a call gives the same answer again on
the same machine; another machine or version may round differently.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import sys
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import InfrastructureError, ModelFailed, UsageError
from pythonsecurityeval.models import completions
from pythonsecurityeval.models._extras import require
from pythonsecurityeval.models.calls import request_of
from pythonsecurityeval.models.settings import Settings

_MAGIC = b"GGUF"


@contextlib.asynccontextmanager
async def llamacpp(target: str, settings: Settings) -> AsyncIterator[LlamaCpp]:
    """Loads the weights in file ``target``.

    Raises:
        UsageError: It is no GGUF file.
        EnvironmentMissing: xllamacpp is not installed.
        InfrastructureError: The weights cannot be loaded.
    """
    digest = await asyncio.to_thread(_checked, Path(target))
    library = require("xllamacpp", "local")
    server = await asyncio.to_thread(_load, library, target, settings)
    about = {
        "file_sha256": digest,
        "engine": f"xllamacpp {library.__version__}",
        "sampler": "llama.cpp's own where it is not given",
    }
    yield LlamaCpp(f"unverified-gguf-{digest[:8]}", about, server)


class LlamaCpp:
    """Weights in memory; they answer one call at a time."""

    def __init__(self, name: str, about: Mapping[str, Any], server: Any) -> None:
        self.name = name
        self.about = about
        self._server = server
        self._turn = asyncio.Lock()

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The model's answer; a conversation longer than the context is ``too_long``.

        Raises:
            ModelFailed: llama.cpp gave up.
        """
        key = request_of(self.name, messages, sampling, draw).key
        body = completions.body(self.name, messages, sampling, limit="max_tokens") | {
            "seed": int(key[:8], 16) >> 1,  # all ones would mean: any
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        async with self._turn:
            started = time.monotonic()
            stream = _Stream()
            try:
                await asyncio.to_thread(stream.run, self._server, body)
            finally:
                stream.given_up.set()  # if this task was cancelled the thread ends at the next token
        return stream.reply(time.monotonic() - started)


class _Stream:
    """Collects an answer token by token, so that it can be given up."""

    def __init__(self) -> None:
        self.given_up = threading.Event()
        self._text: list[str] = []
        self._choice: dict[str, Any] = {}
        self._answer: dict[str, Any] = {}

    def run(self, server: Any, body: dict[str, Any]) -> None:
        try:
            answer = server.handle_chat_completions(body, self._take)
        except (ValueError, RuntimeError) as error:
            raise ModelFailed(f"llama.cpp: {error}") from error
        self._answer |= answer or {}

    def _take(self, chunk: dict[str, Any]) -> bool:
        """Takes what comes next; true ends it."""
        self._answer |= {name: chunk[name] for name in ("usage", "error") if name in chunk}
        for choice in chunk.get("choices", []):
            self._text.append(choice.get("delta", {}).get("content") or "")
            self._choice = choice
        return self.given_up.is_set()

    def reply(self, seconds: float) -> Reply:
        if error := self._answer.get("error"):
            if error.get("type") == "exceed_context_size_error":
                return Reply(text="", finish="too_long", input_tokens=error.get("n_prompt_tokens"), output_tokens=0)
            raise ModelFailed(f"llama.cpp: {error.get('message', error)}")
        whole = {**self._choice, "message": {"role": "assistant", "content": "".join(self._text)}}
        return completions.reply({**self._answer, "choices": [whole]}, seconds)


def _checked(path: Path) -> str:
    """Hex SHA-256 of a GGUF file."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise UsageError(f"{path}: not a GGUF file; give the weights in llama.cpp's format")
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}); give a GGUF file") from None


def _load(library: Any, path: str, settings: Settings) -> Any:
    params = library.CommonParams()
    params.model.path = path
    params.n_ctx = settings.context_tokens
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = _threads()
    params.api_keys = [secrets.token_hex()]  # it also listens on the loopback, where nobody else has business
    try:
        server = library.Server(params)
        # One token shows that the weights work; and a server that is let go before its loop turns waits for ever
        # (xllamacpp 2026.10: 1 of 100 loads on a busy machine).
        server.handle_completions({"prompt": "x", "n_predict": 1})
    except (RuntimeError, ValueError) as error:
        raise InfrastructureError(f"{path}: llama.cpp cannot load it ({error}); is the file whole?") from error
    return server


def _threads() -> int:
    """One core is left to the rest: llama.cpp's threads spin for the slowest, so a displaced one stops them all.

    Measured with 0.5 billion parameters on two cores: two threads give 22 tokens/s on an idle machine and 1.5 on a
    busy one, one thread 13 on either.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, cores - 1)
