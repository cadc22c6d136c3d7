"""`llamacpp:` on the real engine with weights of 100 KB that are made here."""

import asyncio
import hashlib
import json
import time
import urllib.error
import urllib.request

import pytest
from models_support import user
from tiny_gguf import write_tiny_gguf

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.errors import InfrastructureError, UsageError
from pythonsecurityeval.models import Settings, open_model

pytest.importorskip("xllamacpp")

SMALL = Settings(context_tokens=256)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    return write_tiny_gguf(tmp_path_factory.mktemp("weights") / "tiny.gguf")


def with_model(weights, session, settings=SMALL):
    async def opened():
        async with open_model(f"llamacpp:{weights}", settings) as model:
            return await session(model)

    return asyncio.run(opened())


def ask(weights, *calls):
    async def session(model):
        return [await model.complete(user(text), sampling, draw) for text, sampling, draw in calls]

    return with_model(weights, session)


def test_the_name_is_what_is_known_of_the_file_and_not_what_it_claims(weights):
    async def session(model):
        return model.name, dict(model.about)

    name, about = with_model(weights, session)
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert name == f"unverified-gguf-{digest[:8]}"
    assert about["file_sha256"] == digest
    assert str(weights.parent) not in json.dumps(about)


def test_it_answers_with_tokens_counted_and_cut_at_the_limit(weights):
    (reply,) = ask(weights, ("hello", Sampling(max_tokens=12, temperature=1.0), 0))
    assert (reply.finish, reply.output_tokens) == ("length", 12)
    assert reply.input_tokens > len("hello")
    assert reply.text
    assert reply.seconds > 0


def test_a_call_gives_the_same_answer_again_and_another_draw_another(weights):
    sampling = Sampling(max_tokens=24, temperature=1.0)
    first, second, third = ask(weights, ("hello", sampling, 0), ("hello", sampling, 0), ("hello", sampling, 1))
    assert first.text == second.text
    assert first.text != third.text


def test_the_whole_conversation_is_read(weights):
    turns = [Message(role=role, content="x" * 10) for role in ("system", "user", "assistant", "user")]

    async def session(model):
        return await model.complete(turns, Sampling(max_tokens=2), 0), await model.complete(
            turns[-1:], Sampling(max_tokens=2), 0
        )

    long, short = with_model(weights, session)
    assert long.input_tokens > short.input_tokens + 30


def test_a_conversation_that_does_not_fit_is_an_answer_of_its_own(weights):
    (reply,) = ask(weights, ("word " * 200, Sampling(max_tokens=2), 0))
    assert (reply.text, reply.finish, reply.output_tokens) == ("", "too_long", 0)
    assert reply.input_tokens > 256


def test_an_answer_that_reaches_the_end_of_the_context_is_cut(weights):
    (reply,) = ask(weights, ("x", Sampling(max_tokens=10_000, temperature=1.0), 0))
    assert reply.finish == "length"
    assert 200 < reply.output_tokens < 256


def test_calls_at_the_same_time_wait_for_their_turn(weights):
    async def session(model):
        calls = [model.complete(user("x"), Sampling(max_tokens=5, temperature=1.0), draw) for draw in range(4)]
        return await asyncio.gather(*calls)

    assert [reply.output_tokens for reply in with_model(weights, session)] == [5] * 4


def test_a_call_that_is_given_up_ends_soon_and_the_next_is_answered(weights):
    async def session(model):
        task = asyncio.create_task(model.complete(user("x"), Sampling(max_tokens=10**6, temperature=1.0), 0))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return await model.complete(user("y"), Sampling(max_tokens=3), 0)

    started = time.monotonic()
    assert with_model(weights, session, Settings(context_tokens=2**15)).output_tokens == 3
    assert time.monotonic() - started < 30  # to the end it would take minutes


def test_its_door_on_the_loopback_is_locked(weights):
    """llama.cpp listens there in any case; another user of the machine gets no answer."""

    async def session(model):
        address = model._model._server.listening_address
        data = json.dumps({"messages": [{"role": "user", "content": "x"}]}).encode()
        request = urllib.request.Request(f"{address}/v1/chat/completions", data, {"Content-Type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            await asyncio.to_thread(urllib.request.urlopen, request, timeout=10)
        refused.value.close()
        return refused.value.code

    assert with_model(weights, session) == 401


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (None, UsageError, "cannot be read"),
        (b"", UsageError, "not a GGUF file"),
        (b"PK\3\4 a zip file", UsageError, "not a GGUF file"),
        (b"GGUF\3\0\0\0", InfrastructureError, "llama.cpp cannot load it"),
    ],
)
def test_what_is_no_weights_is_one_clear_error(tmp_path, content, error, message):
    path = tmp_path / "w.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=f"w.gguf: {message}"):
        ask(path)


def test_weights_that_are_cut_off_are_one_clear_error(tmp_path, weights):
    (tmp_path / "cut.gguf").write_bytes(weights.read_bytes()[:50_000])
    with pytest.raises(InfrastructureError, match="cannot load it"):
        ask(tmp_path / "cut.gguf")
