"""Calls answered in a batch: collected, imported, asked again, until nothing is pending."""

import asyncio
import json

import pytest
from models_support import SAMPLING, user

from pythonsecurityeval.errors import AnswerPending, InputProblems
from pythonsecurityeval.models import open_model
from pythonsecurityeval.models.batch import Imported, import_answers
from pythonsecurityeval.models.cassette import record
from pythonsecurityeval.models.store import Store


def collect(path, *texts):
    """One round of a run: answers by text, ``None`` where one is pending; and the requests that were written."""

    async def ask(cassette, text):
        try:
            return (await cassette.complete(user(text), SAMPLING, 0)).text
        except AnswerPending:
            return None

    async def session():
        async with open_model("collect:gpt-5") as model, record(path, model, "collect") as cassette:
            return [await ask(cassette, text) for text in texts]

    found = asyncio.run(session())
    return found, [json.loads(line) for line in path.with_name("requests.jsonl").read_text().splitlines()]


def completion(text, finish="stop"):
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    return {"object": "chat.completion", "choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 7}}


def answered(request, body=None, status=200, error=None):
    body = body or completion(request["body"]["messages"][-1]["content"].upper())
    response = None if error else {"status_code": status, "request_id": "r", "body": body}
    return {"id": "batch_req_1", "custom_id": request["custom_id"], "response": response, "error": error}


def bring(path, *rows):
    answers = path.with_name("answers.jsonl")
    answers.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Store.open(path) as store:
        return import_answers(store, answers)


def test_rounds_until_nothing_is_pending(tmp_path):
    path = tmp_path / "c.sqlite"
    found, requests = collect(path, "one", "two")
    assert found == [None, None]
    assert {row["body"]["model"] for row in requests} == {"gpt-5"}
    assert bring(path, *map(answered, requests)) == Imported(answered=2, failed=0, pending=0)
    found, requests = collect(path, "one", "two", "three")
    assert found == ["ONE", "TWO", None]
    assert [row["body"]["messages"][0]["content"] for row in requests] == ["three"]


def test_tokens_and_refusals_are_kept(tmp_path):
    path = tmp_path / "c.sqlite"
    _, (request,) = collect(path, "one")
    bring(path, answered(request, completion("", "content_filter")))
    with Store.open(path) as store:
        reply = store.reply(request["custom_id"])
    assert (reply.finish, reply.input_tokens, reply.output_tokens) == ("refused", 5, 7)


def test_what_failed_in_the_batch_stays_pending(tmp_path):
    path = tmp_path / "c.sqlite"
    _, requests = collect(path, "one", "two", "three")
    rows = [answered(requests[0]), answered(requests[1], status=500), answered(requests[2], error={"code": "expired"})]
    assert bring(path, *rows) == Imported(answered=1, failed=2, pending=2)


def test_importing_twice_changes_nothing(tmp_path):
    path = tmp_path / "c.sqlite"
    _, (request,) = collect(path, "one")
    bring(path, answered(request))
    assert bring(path, answered(request, completion("another"))) == Imported(answered=0, failed=0, pending=0)
    assert collect(path, "one")[0] == ["ONE"]


def test_strangers_answers_are_refused_and_nothing_is_recorded(tmp_path):
    path = tmp_path / "c.sqlite"
    _, (request,) = collect(path, "one")
    strange = [
        {**answered(request), "custom_id": "0" * 64},
        {**answered(request), "custom_id": 5},
        [],
        answered(request, {"choices": []}),
    ]
    with pytest.raises(InputProblems) as found:
        bring(path, answered(request), *strange)
    assert [line.split("jsonl:")[1][:1] for line in found.value.problems] == ["2", "3", "4", "5"]
    assert collect(path, "one")[0] == [None]
