"""``hf:ORG/NAME``: a model in this process, by transformers; ``hf:FOLDER`` for one on disk.

Code that a model brings along is never run (``trust_remote_code`` stays off), and only safetensors are loaded.
The random seed of an answer is taken from the call's key.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval._codec import encode
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import ModelFailed, UsageError
from pythonsecurityeval.models._extras import require
from pythonsecurityeval.models.calls import request_of
from pythonsecurityeval.models.settings import Settings


@contextlib.asynccontextmanager
async def hf(target: str, settings: Settings) -> AsyncIterator[HuggingFace]:
    """Loads a model from the hub or a folder, on the GPU if there is one.

    Raises:
        EnvironmentMissing: transformers or torch is not installed.
        UsageError: There is no such model, it has no chat template, or it wants to run code of its own.
    """
    torch, transformers = require("torch", "hf"), require("transformers", "hf")
    tokenizer, weights = await asyncio.to_thread(_load, torch, transformers, target)
    about = {
        "engine": f"transformers {transformers.__version__}, torch {torch.__version__}",
        "device": weights.device.type,
    }
    name = await asyncio.to_thread(_name, target)
    yield HuggingFace(name, about, torch, tokenizer, weights, settings.context_tokens)


class HuggingFace:
    """Weights in memory; they answer one call at a time."""

    def __init__(
        self, name: str, about: Mapping[str, Any], torch: Any, tokenizer: Any, weights: Any, context_tokens: int
    ) -> None:
        self.name = name
        self.about = about
        self._torch = torch
        self._tokenizer = tokenizer
        self._weights = weights
        known = getattr(weights.config, "max_position_embeddings", None)
        self._context = min(context_tokens, known or context_tokens)
        self._turn = asyncio.Lock()

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The model's answer; a conversation longer than the context is ``too_long``.

        Raises:
            ModelFailed: The engine gave up, for want of memory for instance.
        """
        seed = int(request_of(self.name, messages, sampling, draw).key[:8], 16)
        given_up = threading.Event()
        async with self._turn:
            try:
                return await asyncio.to_thread(self._answer, messages, sampling, seed, given_up)
            except RuntimeError as error:
                raise ModelFailed(f"{self.name}: {str(error)!r:.300}") from error
            finally:
                given_up.set()  # if this task was cancelled the thread ends at the next token

    def _answer(self, messages: Sequence[Message], sampling: Sampling, seed: int, given_up: threading.Event) -> Reply:
        started = time.monotonic()
        asked = self._tokenizer.apply_chat_template(
            [encode(message) for message in messages], add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self._weights.device)
        length = asked["input_ids"].shape[1]
        room = self._context - length
        if room <= 0:
            return Reply(text="", finish="too_long", input_tokens=length, output_tokens=0)
        limit = min(sampling.max_tokens, room)
        self._torch.manual_seed(seed)
        with self._torch.inference_mode():
            said = self._weights.generate(
                **asked,
                **_drawn(sampling),
                max_new_tokens=limit,
                pad_token_id=self._tokenizer.eos_token_id,
                stopping_criteria=[lambda ids, _scores, **_: self._torch.full(ids.shape[:1], given_up.is_set())],
            )[0, length:]
        return Reply(
            text=self._tokenizer.decode(said, skip_special_tokens=True),
            finish="stop" if int(said[-1]) in self._ends() else "length",
            input_tokens=length,
            output_tokens=len(said),
            seconds=round(time.monotonic() - started, 3),
        )

    def _ends(self) -> set[int]:
        ends = self._weights.generation_config.eos_token_id
        return set(ends) if isinstance(ends, list) else {ends}


def _drawn(sampling: Sampling) -> dict[str, Any]:
    if sampling.temperature == 0:
        return {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
    asked = {"temperature": sampling.temperature, "top_p": sampling.top_p}
    return {"do_sample": True} | {name: value for name, value in asked.items() if value is not None}


def _load(torch: Any, transformers: Any, target: str) -> tuple[Any, Any]:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(target)
        weights = transformers.AutoModelForCausalLM.from_pretrained(target, dtype="auto", use_safetensors=True)
    except (OSError, ValueError) as error:
        raise UsageError(f"hf:{target}: cannot be loaded: {str(error)!r:.300}; give ORG/NAME or a folder") from error
    if not tokenizer.chat_template:
        raise UsageError(f"hf:{target}: has no chat template; choose a model that was made for conversations")
    return tokenizer, weights.to(device).eval()


def _name(target: str) -> str:
    """The hub's name; a folder is named after its contents, since what it is called proves nothing."""
    if not Path(target).is_dir():
        return target
    digest = hashlib.sha256()
    for path in sorted(Path(target).glob("*.json")) + sorted(Path(target).glob("*.safetensors")):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"unverified-hf-{digest.hexdigest()[:8]}"
