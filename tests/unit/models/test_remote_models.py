"""`openai:` and `anthropic:` by their own clients against a server that speaks the protocol, well and badly."""

import asyncio
import json
import time

import pytest
from model_server import Answer, loopback

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.errors import ModelFailed, UsageError
from pythonsecurityeval.models import Settings, open_model

CONVERSATION = [
    Message(role="system", content="be brief"),
    Message(role="user", content="hé\ud800llo"),
    Message(role="assistant", content="hello"),
    Message(role="user", content="again"),
]


class OpenAI:
    spec, variable, library = "openai:gpt-5", "OPENAI_API_KEY", "openai"

    @staticmethod
    def good(text="ok", reason="stop"):
        choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
        return {
            "id": "c",
            "object": "chat.completion",
            "created": 1,
            "model": "gpt-5",
            "choices": [choice],
            "usage": usage,
        }

    @staticmethod
    def bad(message, code=None):
        return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}

    finishes = (
        ("stop", "stop"),
        ("length", "length"),
        ("content_filter", "refused"),
        ("tool_calls", "other"),
        (None, "other"),
    )
    too_long = (("maximum context length is 8192 tokens", None), ("no", "context_length_exceeded"))


class Anthropic:
    spec, variable, library = "anthropic:claude-5", "ANTHROPIC_API_KEY", "anthropic"

    @staticmethod
    def good(text="ok", reason="end_turn"):
        content = [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": text}]
        usage = {"input_tokens": 4, "cache_read_input_tokens": 1, "output_tokens": 7}
        return {
            "id": "m",
            "type": "message",
            "role": "assistant",
            "model": "claude-5",
            "content": content,
            "stop_reason": reason,
            "stop_sequence": None,
            "usage": usage,
        }

    @staticmethod
    def bad(message, code=None):
        return {"type": "error", "error": {"type": code or "invalid_request_error", "message": message}}

    finishes = (
        ("end_turn", "stop"),
        ("max_tokens", "length"),
        ("refusal", "refused"),
        ("tool_use", "other"),
        (None, "other"),
    )
    too_long = (("prompt is too long: 205000 tokens > 200000 maximum", None),)


@pytest.fixture(params=[OpenAI, Anthropic], ids=["openai", "anthropic"])
def provider(request, monkeypatch):
    pytest.importorskip(request.param.library)
    monkeypatch.setenv(request.param.variable, "sk-secret")
    return request.param


def ask(provider, server, *, draws=1, messages=CONVERSATION, sampling=None, **settings):
    settings = {"retries": 1, "timeout_s": 20.0} | settings

    async def session():
        async with open_model(provider.spec, Settings(base_url=server.url, **settings)) as model:
            calls = [
                model.complete(messages, sampling or Sampling(max_tokens=9, temperature=0.5), draw)
                for draw in range(draws)
            ]
            return await asyncio.gather(*calls)

    return asyncio.run(session())


def ask_one(provider, *answers, **options):
    with loopback(*answers) as server:
        return ask(provider, server, **options)[0]


# ---- a good answer


def test_the_request_is_the_protocols(provider):
    with loopback(Answer(provider.good())) as server:
        ask(provider, server)
    ((path, headers, body, _),) = server.asked
    assert body["max_tokens"] == 9
    assert body["temperature"] == 0.5
    assert not body.get("stream")
    assert "top_p" not in body
    assert body.get("n", 1) == 1
    if provider is OpenAI:
        assert (path, body["model"], headers["authorization"]) == ("/chat/completions", "gpt-5", "Bearer sk-secret")
        roles = ["system", "user", "assistant", "user"]
    else:
        assert (path, body["model"], headers["authorization"]) == ("/v1/messages", "claude-5", "Bearer sk-secret")
        assert body["system"] == "be brief"
        roles = ["user", "assistant", "user"]
    assert [message["role"] for message in body["messages"]] == roles
    assert body["messages"][-3]["content"] == "hé\ufffdllo"


def test_the_answer_with_its_tokens_and_time(provider):
    reply = ask_one(provider, Answer(provider.good("```python\npass\n```"), wait_s=0.05))
    assert (reply.text, reply.finish, reply.input_tokens, reply.output_tokens) == ("```python\npass\n```", "stop", 5, 7)
    assert 0.05 <= reply.seconds < 20


def test_reasons_to_finish(provider):
    for said, finish in provider.finishes:
        assert ask_one(provider, Answer(provider.good(reason=said))).finish == finish, said


def test_half_characters_in_an_answer_are_replaced(provider):
    assert ask_one(provider, Answer(provider.good("a\ud800b\U0001f600"))).text == "a\ufffdb\U0001f600"


def test_an_answer_without_a_count_of_tokens(provider):
    body = {name: value for name, value in provider.good().items() if name != "usage"}
    reply = ask_one(provider, Answer(body))
    assert (reply.input_tokens, reply.output_tokens) == (None, None)


def test_no_more_calls_in_flight_than_allowed(provider):
    with loopback(Answer(provider.good(), wait_s=0.05)) as server:
        replies = ask(provider, server, draws=9, concurrency=3)
    assert len(replies) == 9
    assert server.busiest <= 3


def test_a_refusal_of_openais_kind(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    body = OpenAI.good(None)
    body["choices"][0]["message"]["refusal"] = "I can't help with that."
    reply = ask_one(OpenAI, Answer(body))
    assert (reply.text, reply.finish) == ("I can't help with that.", "refused")


# ---- trouble that passes


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_trouble_that_passes_is_tried_again(provider, status):
    with loopback(Answer({}, status, {"retry-after-ms": "1"}), Answer(provider.good())) as server:
        assert ask(provider, server)[0].text == "ok"
    assert len(server.asked) == 2


def test_a_rate_limits_header_is_honoured(provider):
    with loopback(Answer({}, 429, {"retry-after": "1.5"}), Answer(provider.good())) as server:
        ask(provider, server)
    assert server.asked[1][3] - server.asked[0][3] >= 1.4


def test_an_answer_that_is_cut_off_is_tried_again(provider):
    with loopback(Answer(provider.good(), cut=True), Answer(provider.good())) as server:
        assert ask(provider, server)[0].text == "ok"
    assert len(server.asked) == 2


def test_a_slow_answer_is_tried_again(provider):
    with loopback(Answer(provider.good("late"), wait_s=1.5), Answer(provider.good())) as server:
        assert ask(provider, server, timeout_s=0.3)[0].text == "ok"


# ---- trouble that stays


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            Answer({"error": {"message": "slow down"}}, 429, {"retry-after-ms": "1"}),
            "still limits the rate: .*slow down",
        ),
        (Answer({"error": {"message": "boom"}}, 500, {"retry-after-ms": "1"}), "fails with 500 after all retries"),
        (
            Answer(b"<html>Bad gateway</html>", 502, {"retry-after-ms": "1", "content-type": "text/html"}),
            "fails with 502",
        ),
        (Answer({"some": "text"}, cut=True), "no answer from http://127.0.0.1:[0-9]+ after all retries"),
        (Answer({}, wait_s=0.6), "no answer from .* after all retries"),
    ],
    ids=["429", "500", "html", "cut", "slow"],
)
def test_retries_have_an_end_and_one_clear_error(provider, answer, message):
    with loopback(answer) as server, pytest.raises(ModelFailed, match=message) as failed:
        ask(provider, server, timeout_s=0.2 if answer.wait_s else 20.0)
    assert len(server.asked) == 2
    assert "sk-secret" not in str(failed.value)


def test_nobody_listens(provider):
    with loopback(Answer({})) as server:
        pass
    with pytest.raises(ModelFailed, match="no answer from http://127"):
        ask(provider, server, retries=0)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"ok", b"<html>hello</html>", b"[]", b"null", b'{"choices": []}', b'{"choices": [{"message": {"content": 5}}], "content": 5}', b'{"choices": [5], "content": [5]}', b"[" * 100_000],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_an_answer_that_is_none_is_one_clear_error(provider, body, kind):
    with pytest.raises(ModelFailed, match="check --base-url"):
        ask_one(provider, Answer(body, headers={"content-type": kind}))


# ---- what the user can mend


@pytest.mark.parametrize(
    ("status", "message"),
    [(401, "does not accept the key in {variable}: .*no such key"), (403, "does not accept the key"), (404, "has no model '{model}'"), (400, r"does not accept the request \(400\)"), (422, r"request \(422\)")],
)  # fmt: skip
def test_a_request_that_is_refused_is_not_tried_again(provider, status, message):
    message = message.format(variable=provider.variable, model=provider.spec.partition(":")[2])
    with loopback(Answer(provider.bad("no such key"), status)) as server, pytest.raises(UsageError, match=message):
        ask(provider, server)
    assert len(server.asked) == 1


def test_what_a_server_says_cannot_move_the_cursor(provider):
    with pytest.raises(UsageError) as refused:
        ask_one(provider, Answer(provider.bad("\x1b[2J\n" + "x" * 5000), 400))
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 500


def test_a_missing_key_is_named(provider, monkeypatch):
    monkeypatch.delenv(provider.variable)

    async def session():
        async with open_model(provider.spec):
            pass

    with pytest.raises(UsageError, match=f"set {provider.variable}"):
        asyncio.run(session())


def test_a_server_of_ones_own_needs_no_key(provider, monkeypatch):
    monkeypatch.delenv(provider.variable)
    assert ask_one(provider, Answer(provider.good())).text == "ok"


# ---- errors that are answers


def test_a_conversation_that_does_not_fit_is_an_answer(provider):
    for message, code in provider.too_long:
        reply = ask_one(provider, Answer(provider.bad(message, code), 400))
        assert (reply.text, reply.finish) == ("", "too_long")


def test_a_filter_that_answers_with_an_error_is_a_refusal(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert ask_one(OpenAI, Answer(OpenAI.bad("filtered", "content_filter"), 400)).finish == "refused"


def test_a_long_answer_is_not_refused_by_the_client(provider):
    """Anthropic's client declines long unstreamed answers unless it is told how long to wait."""
    sampling = Sampling(max_tokens=100_000)
    assert ask_one(provider, Answer(provider.good()), sampling=sampling, timeout_s=600.0).text == "ok"


def test_giving_up_ends_at_once(provider):
    async def session(url):
        async with open_model(provider.spec, Settings(base_url=url)) as model:
            task = asyncio.create_task(model.complete(CONVERSATION, Sampling(), 0))
            await asyncio.sleep(0.1)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    with loopback(Answer(provider.good(), wait_s=2.0)) as server:
        started = time.monotonic()
        asyncio.run(session(server.url))
        assert time.monotonic() - started < 1.5


def test_the_body_is_json_that_can_be_read_again(provider):
    with loopback(Answer(provider.good())) as server:
        ask(provider, server)
    assert json.loads(json.dumps(server.asked[0][2])) == server.asked[0][2]
