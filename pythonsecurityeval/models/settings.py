"""How a model is reached: what a user may set, and nothing that changes what it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a model is reached. None of it is part of a recorded call's key.

    Attributes:
        base_url: Address of a server that speaks the provider's protocol, instead of the provider's own.
        concurrency: Calls in flight at once; a model in this process answers one at a time all the same.
        retries: How often a call is tried again after a rate limit, a server's failure or a broken connection.
        timeout_s: Seconds until an unanswered try counts as failed.
        context_tokens: Longest conversation with its answer, for models in this process.
    """

    base_url: str | None = None
    concurrency: int = 8
    retries: int = 5
    timeout_s: float = 600.0
    context_tokens: int = 8192
