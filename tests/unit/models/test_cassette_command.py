"""``pse cassette``: what a person sees."""

import json

import pytest
from models_support import SAMPLING, user

from pythonsecurityeval.chat import Reply
from pythonsecurityeval.cli._main import commands, run
from pythonsecurityeval.models.calls import request_of
from pythonsecurityeval.models.exchange import recording
from pythonsecurityeval.models.store import Head, Store


@pytest.fixture
def pse(monkeypatch, capsys):
    def call(*arguments):
        monkeypatch.setattr("sys.argv", ["pse", "cassette", *map(str, arguments)])
        code = run(commands, "pse")
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


@pytest.fixture
def cassette(tmp_path):
    path = tmp_path / "calls.sqlite"
    with Store.open(path, Head(model="gpt-5", about={"note": "for a \x1b[31mtest"})) as store:
        store.put(
            request_of("gpt-5", user("one"), SAMPLING, 0), Reply(text="1", input_tokens=3, output_tokens=4, seconds=2.0)
        )
        store.put(request_of("gpt-5", user("two"), SAMPLING, 0), Reply(text="2"))
        store.put(request_of("gpt-5", user("three"), SAMPLING, 0), None)
    return path


def test_show_tells_model_calls_tokens_and_is_harmless_on_a_terminal(pse, cassette):
    code, out, _ = pse("show", cassette)
    assert code == 0
    assert "model          gpt-5" in out
    assert "calls          2" in out
    assert "tokens out     4, and 1 calls that do not say" in out
    assert "\x1b" not in out


def test_export_then_show_the_file(pse, cassette, tmp_path):
    out = tmp_path / "gpt.jsonl.xz"
    assert pse("export", cassette, "--out", out, "--about", "preset=paper")[:2] == (0, f"wrote {out}: 2 calls\n")
    assert "preset       paper" in pse("show", out)[1]


def test_import_answers_the_pending_call(pse, cassette, tmp_path):
    key = request_of("gpt-5", user("three"), SAMPLING, 0).key
    body = {"choices": [{"finish_reason": "stop", "message": {"content": "3"}}]}
    (tmp_path / "answers.jsonl").write_text(
        json.dumps({"custom_id": key, "response": {"status_code": 200, "body": body}})
    )
    code, out, _ = pse("import", cassette, tmp_path / "answers.jsonl")
    assert (code, out.splitlines()[0]) == (0, "1 calls answered, 0 failed in the batch, 0 pending")
    assert recording(cassette).calls[key].reply.text == "3"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "{tmp}/nowhere.sqlite"], "no such cassette"),
        (["show", "{tmp}/nowhere.jsonl.xz"], "no such file"),
        (["show", "{tmp}"], "no such cassette"),
        (["export", "{tmp}/calls.sqlite", "--out", "{tmp}/out.xz"], "ends in .jsonl.xz"),
        (["export", "{tmp}/calls.sqlite", "--out", "{tmp}/o.jsonl.xz", "--about", "paper"], "expected KEY=VALUE"),
        (["import", "{tmp}/calls.sqlite", "{tmp}/nowhere.jsonl"], "no such file"),
        (["export", "--out", "{tmp}/o.jsonl.xz"], "Missing argument"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(pse, cassette, tmp_path, arguments, message):
    code, out, err = pse(*(text.replace("{tmp}", str(tmp_path)) for text in arguments))
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
