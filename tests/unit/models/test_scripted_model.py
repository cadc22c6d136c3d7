"""`scripted:` answers by rule: the first that fits, by draw, or it says that none fits."""

import asyncio
import json

import pytest

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.errors import InputProblems, UsageError
from pythonsecurityeval.models import open_model


def script(tmp_path, *rows):
    path = tmp_path / "script.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return f"scripted:{path}"


def ask(spec, *contents, draw=0, max_tokens=100):
    async def once():
        async with open_model(spec) as model:
            messages = [Message(role="user", content=content) for content in contents]
            return await model.complete(messages, Sampling(max_tokens=max_tokens), draw)

    return asyncio.run(once())


def test_the_first_rule_that_fits_answers(tmp_path):
    spec = script(tmp_path, {"contains": "SQL", "replies": ["use parameters"]}, {"replies": ["else"]})
    assert ask(spec, "write SQL", "please").text == "use parameters"
    assert ask(spec, "write HTML").text == "else"


def test_replies_take_turns_by_draw(tmp_path):
    spec = script(tmp_path, {"replies": ["a", "b"]})
    assert [ask(spec, "x", draw=draw).text for draw in range(3)] == ["a", "b", "a"]


def test_an_answer_is_cut_at_max_tokens(tmp_path):
    reply = ask(script(tmp_path, {"replies": ["one two  three"]}), "four words are asked", max_tokens=2)
    assert (reply.text, reply.finish, reply.input_tokens, reply.output_tokens) == ("one two", "length", 4, 2)


def test_a_rule_may_refuse(tmp_path):
    assert ask(script(tmp_path, {"replies": ["no"], "finish": "refused"}), "x").finish == "refused"


def test_a_conversation_without_a_rule_is_an_error_and_no_empty_answer(tmp_path):
    with pytest.raises(UsageError, match="no rule for 'write HTML'"):
        ask(script(tmp_path, {"contains": "SQL", "replies": ["x"]}), "write HTML")


def test_every_wrong_rule_is_reported(tmp_path):
    spec = script(tmp_path, {"reply": "x"}, {"replies": []}, {"replies": ["x"], "finish": "bored"})
    with pytest.raises(InputProblems) as found:
        ask(spec, "x")
    assert [line.split("jsonl:")[1].split(":")[0] for line in found.value.problems] == ["1", "2", "3"]


def test_an_empty_script_is_an_error(tmp_path):
    with pytest.raises(InputProblems, match="holds no rule"):
        ask(script(tmp_path), "x")


def test_the_name_follows_the_rules_and_not_the_file(tmp_path):
    async def name(spec):
        async with open_model(spec) as model:
            return model.name

    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    first = asyncio.run(name(script(one, {"replies": ["a"]})))
    assert first == asyncio.run(name(script(two, {"replies": ["a"]})))
    assert first != asyncio.run(name(script(two, {"replies": ["b"]})))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("gpt-5", "expected KIND:NAME"),
        ("scripted:", "expected KIND:NAME"),
        ("scriptd:x", "did you mean scripted?"),
        ("scripted:/nowhere", "/nowhere: no such file"),
    ],
)
def test_a_wrong_spec_says_how_to_mend_it(spec, message):
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        ask(spec, "x")
