"""What goes to a model and what comes back: the values at the seam of `protocols.Model`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "refused", "too_long", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How an answer is drawn.

    Attributes:
        max_tokens: Longest answer, in the model's own tokens.
        temperature: 0 is greedy; ``None`` leaves it to the model (some accept no other).
        top_p: Share of the probability mass that is drawn from; ``None`` leaves it to the model.
    """

    max_tokens: int = 4096
    temperature: float | None = None
    top_p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A model's answer. A refusal is an answer; a model that cannot be reached is an error.

    Attributes:
        text: What it said; may be empty.
        finish: ``stop``: it came to its end. ``length``: cut at ``max_tokens``. ``refused``: the model or its
            operator's filter declined. ``too_long``: the conversation does not fit the model, so there is no text.
            ``other``: a reason of the provider's own.
        input_tokens: Tokens of the conversation; ``None`` where the provider does not say.
        output_tokens: Tokens of the answer, with any reasoning that is billed; ``None`` as above.
        seconds: Wall time of the call, its retries included.
    """

    text: str
    finish: Finish = "stop"
    input_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0
