"""The shipped form: the same calls give the same bytes, whatever was edited is found, and it replays."""

import asyncio
import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_support import SAMPLING, Counting, user

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import CassetteMiss, InputProblems, UsageError
from pythonsecurityeval.models import open_model
from pythonsecurityeval.models.calls import Call, Request, ascii_line, call_from_row, request_of
from pythonsecurityeval.models.exchange import export, recording
from pythonsecurityeval.models.store import Head, Store

ABOUT = {"made": "for a test"}


def filled(path, *asked, model="m"):
    """A cassette with an answer to each text; ``text=answer`` gives it another one."""
    with Store.open(path, Head(model=model, about=ABOUT)) as store:
        for text in asked:
            question, _, answer = text.partition("=")
            store.put(request_of(model, user(question), SAMPLING, 0), Reply(text=answer or question.upper()))
    return path


def rows(path):
    return [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()]


def written(path, rows):
    path.write_bytes(lzma.compress("".join(ascii_line(row) + "\n" for row in rows).encode()))
    return path


def answer(spec, text):
    async def once():
        async with open_model(spec) as model:
            return model.name, model.about, (await model.complete(user(text), SAMPLING, 0)).text

    return asyncio.run(once())


def test_the_order_of_recording_does_not_change_a_byte(tmp_path):
    one, two = tmp_path / "one.jsonl.xz", tmp_path / "two.jsonl.xz"
    assert export([filled(tmp_path / "1.sqlite", "a", "b", "c")], one, {}) == 3
    export([filled(tmp_path / "2.sqlite", "c", "a"), filled(tmp_path / "3.sqlite", "b")], two, {})
    assert one.read_bytes() == two.read_bytes()
    keys = [row["key"] for row in rows(one)[1:]]
    assert keys == sorted(keys)


def test_a_shipped_cassette_can_be_exported_again_to_the_same_bytes(tmp_path):
    one, two = tmp_path / "one.jsonl.xz", tmp_path / "two.jsonl.xz"
    export([filled(tmp_path / "1.sqlite", "a", "b")], one, {"preset": "paper"})
    export([one], two, {})
    assert one.read_bytes() == two.read_bytes()


def test_the_first_cassettes_answer_is_taken(tmp_path):
    out = tmp_path / "out.jsonl.xz"
    assert (
        export([filled(tmp_path / "1.sqlite", "a=first"), filled(tmp_path / "2.sqlite", "a=second", "b")], out, {}) == 2
    )
    assert answer(f"replay:{out}", "a")[2] == "first"


def test_it_replays_with_the_recorded_models_name_and_what_is_said_of_it(tmp_path):
    out = tmp_path / "out.jsonl.xz"
    export([filled(tmp_path / "1.sqlite", "a")], out, {"preset": "paper"})
    assert answer(f"replay:{out}", "a") == ("m", {"made": "for a test", "preset": "paper"}, "A")
    assert answer(f"replay:{tmp_path / '1.sqlite'}", "a") == ("m", ABOUT, "A")


def test_a_call_that_was_not_recorded_is_a_miss(tmp_path):
    with pytest.raises(CassetteMiss, match="never recorded; use the options of the recording"):
        answer(f"replay:{filled(tmp_path / '1.sqlite', 'a')}", "b")


def test_pending_calls_are_not_shipped(tmp_path):
    path = filled(tmp_path / "1.sqlite", "a")
    with Store.open(path) as store:
        store.put(request_of("m", user("b"), SAMPLING, 0), None)
    assert export([path], tmp_path / "out.jsonl.xz", {}) == 1


def test_cassettes_of_two_models_are_refused(tmp_path):
    with pytest.raises(UsageError, match=r"2.sqlite: holds calls of n, not of m"):
        export(
            [filled(tmp_path / "1.sqlite", "a"), filled(tmp_path / "2.sqlite", "a", model="n")],
            tmp_path / "o.jsonl.xz",
            {},
        )


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UsageError, match="ends in .jsonl.xz"):
        export([filled(tmp_path / "1.sqlite", "a")], tmp_path / "out.json", {})


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda head, call: [head, {**call, "request": {**call["request"], "draw": 1}}],
            r":2: \$.key: is not the SHA-256",
        ),
        (
            lambda head, call: [head, {**call, "request": {**call["request"], "model": "n"}}],
            r":2: \$.request.model: expected 'm'",
        ),
        (lambda head, call: [head, call, call], ":3: .*stands twice"),
        (lambda head, call: [head, {**call, "reply": {"text": 5}}], r":2: \$.reply.text: expected a string"),
        (lambda head, call: [call], "xz:1: not the head of a cassette"),
        (lambda head, call: [{**head, "version": 2}, call], "xz:1: not the head of a cassette"),
        (lambda head, call: [], "xz:1: not the head of a cassette"),
    ],
)
def test_whatever_was_edited_is_found(tmp_path, edit, message):
    export([filled(tmp_path / "1.sqlite", "a")], tmp_path / "out.jsonl.xz", {})
    with pytest.raises(UsageError, match=message):
        recording(written(tmp_path / "edited.jsonl.xz", edit(*rows(tmp_path / "out.jsonl.xz"))))


def test_a_file_that_is_cut_off_is_one_clear_error(tmp_path):
    export([filled(tmp_path / "1.sqlite", "a")], tmp_path / "out.jsonl.xz", {})
    whole = (tmp_path / "out.jsonl.xz").read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.jsonl.xz").write_bytes(whole[:size])
        with pytest.raises(UsageError, match="cut.jsonl.xz"):
            recording(tmp_path / "cut.jsonl.xz")


def test_a_cassette_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    export([filled(tmp_path / "1.sqlite", "a", "b" * 5000)], tmp_path / "out.jsonl.xz", {})
    monkeypatch.setattr("pythonsecurityeval.models.exchange.MAX_SIZE", 2**12)
    with pytest.raises(UsageError, match="holds more than 0 MB of text; ship it in parts"):
        recording(tmp_path / "out.jsonl.xz")


def test_all_wrong_rows_are_reported(tmp_path):
    export([filled(tmp_path / "1.sqlite", "a")], tmp_path / "out.jsonl.xz", {})
    head, _ = rows(tmp_path / "out.jsonl.xz")
    with pytest.raises(InputProblems) as found:
        recording(written(tmp_path / "edited.jsonl.xz", [head, {}, 5]))
    assert len(found.value.problems) == 2


def test_an_unknown_cassette_names_what_there_is(tmp_path):
    with pytest.raises(UsageError, match="nowhere: no such cassette; known: .*; or give a file"):
        answer("replay:nowhere", "a")


texts = st.text(st.characters(codec=None), max_size=30)
shares = st.none() | st.floats(min_value=0, max_value=2)
requests = st.builds(
    request_of,
    texts,
    st.lists(st.builds(Message, role=st.sampled_from(["system", "user", "assistant"]), content=texts), max_size=4),
    st.builds(Sampling, max_tokens=st.integers(1, 10**6), temperature=shares, top_p=shares),
    st.integers(0, 10**6),
)
tokens = st.none() | st.integers(0, 10**9)
replies = st.builds(
    Reply,
    text=texts,
    finish=st.sampled_from(["stop", "length", "refused", "too_long", "other"]),
    input_tokens=tokens,
    output_tokens=tokens,
    seconds=st.floats(0, 10**6),
)


@given(requests, replies)
def test_any_call_survives_a_row(request, reply):
    call = Call(key=request.key, request=request, reply=reply)
    line = ascii_line(call)
    assert line.isascii()
    assert call_from_row(json.loads(line), request.model) == call
    assert ascii_line(call_from_row(json.loads(line), request.model)) == line


@given(st.lists(requests, min_size=2, max_size=2, unique=True))
def test_no_two_calls_share_a_key(pair):
    assert isinstance(pair[0], Request)
    assert pair[0].key != pair[1].key


def test_recording_while_replaying_copies_the_calls(tmp_path):
    """A run always records: from a replayed model it takes what it needs."""
    from pythonsecurityeval.models.cassette import record

    async def session(spec, path):
        async with open_model(spec) as model, record(path, model) as cassette:
            return (await cassette.complete(user("a"), SAMPLING, 0)).text

    source = filled(tmp_path / "1.sqlite", "a", "b")
    assert asyncio.run(session(f"replay:{source}", tmp_path / "copy.sqlite")) == "A"
    assert len(recording(tmp_path / "copy.sqlite").calls) == 1


def test_a_counting_model_is_a_model():
    from pythonsecurityeval.protocols import Model

    assert isinstance(Counting(), Model)
