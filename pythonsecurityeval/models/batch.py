"""Calls answered in a batch, cheaper and later: OpenAI's batch API, or ``vllm run-batch``, on one and the same file.

The mode ``collect`` of a cassette leaves calls pending; `write_requests` writes one request a line, and
`import_answers` takes the provider's file of answers. What depends on an answer is asked in the next round, until
nothing is pending.

Source: OpenAI's guide *Batch API*, *Preparing your batch file* and *Retrieving the results*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pythonsecurityeval._jsonl import Problems, read_rows, write_lines
from pythonsecurityeval.chat import Reply
from pythonsecurityeval.errors import ModelFailed
from pythonsecurityeval.models import completions
from pythonsecurityeval.models.calls import Request, ascii_line
from pythonsecurityeval.models.store import Store

_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file of answers brought: calls ``answered``, calls that ``failed`` there, calls still ``pending``."""

    answered: int
    failed: int
    pending: int


def write_requests(path: Path, pending: Iterable[Request]) -> None:
    """Writes pending calls as a batch file; ``custom_id`` is a call's key."""
    write_lines(path, (ascii_line(_request_row(request)) for request in pending))


def _request_row(request: Request) -> dict[str, Any]:
    body = completions.body(request.model, request.messages, request.sampling, limit="max_completion_tokens")
    return {"custom_id": request.key, "method": "POST", "url": "/v1/chat/completions", "body": body}


def import_answers(store: Store, answers: Path) -> Imported:
    """Records the answers to pending calls. A call that failed in the batch stays pending.

    Raises:
        InputProblems: The file holds something else; nothing is recorded.
    """
    pending = {request.key: request for request in store.pending()}
    problems, replies, failed = Problems(str(answers)), dict[str, Reply](), 0
    for line, row in read_rows(str(answers), problems):
        key = row.get("custom_id") if isinstance(row, dict) else None
        if not isinstance(key, str) or (key not in pending and store.reply(key) is None):
            problems.add(
                line, "answers no call that was collected here; give this cassette's own answers", "$.custom_id"
            )
            continue
        response = row.get("response")
        if row.get("error") or not isinstance(response, dict) or response.get("status_code") != _OK:
            failed += 1
            continue
        try:
            replies[key] = completions.reply(response.get("body"), seconds=0.0)
        except ModelFailed as error:
            problems.add(line, str(error), "$.response.body")
    problems.raise_if_any()
    for key in replies.keys() & pending.keys():
        store.put(pending[key], replies[key])
    answered = len(replies.keys() & pending.keys())
    return Imported(answered=answered, failed=failed, pending=len(pending) - answered)
