"""The kit passes what keeps the rules, our own built-ins among them, and names the rule that is broken."""

import asyncio
import contextlib
import json
from importlib.metadata import EntryPoint

import pytest

from pythonsecurityeval import _registry
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import PseError
from pythonsecurityeval.models.calls import request_of
from pythonsecurityeval.testing import ScriptedModel, model_checks, submission_checks

SUBMISSIONS = sorted(_registry.available("submissions"))


# ---- built-ins


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_our_submissions_keep_the_rules(name):
    for check in submission_checks(name):
        check()


def test_a_scripted_model_keeps_the_rules(tmp_path):
    path = tmp_path / "script.jsonl"
    path.write_text(json.dumps({"replies": ["one two three four", "```python\npass\n```"]}) + "\n")
    for check in model_checks(f"scripted:{path}"):
        check()


# ---- what breaks a rule


class Good:
    name = "good"

    @property
    def about(self):
        return {}

    async def complete(self, messages, sampling, draw):
        return Reply(text="x")


class Path(Good):
    name = "/home/me/weights"


class Address(Good):
    name = "http://localhost:8000"


class Odd(Good):
    @property
    def about(self):
        return {"when": {1, 2}}


class Text(Good):
    async def complete(self, messages, sampling, draw):
        return "x"


class WrongField(Good):
    async def complete(self, messages, sampling, draw):
        return Reply(text="x", finish="done")


class Talkative(Good):
    async def complete(self, messages, sampling, draw):
        return Reply(text="x", output_tokens=5000)


class Stubborn(Good):
    async def complete(self, messages, sampling, draw):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0.05)
        return Reply(text="x")


class Changing(Good):
    count = 0

    @property
    def name(self):
        Changing.count += 1
        return f"model-{Changing.count}"


class Alone(Good):
    busy = False

    async def complete(self, messages, sampling, draw):
        if Alone.busy:
            raise RuntimeError("one at a time")
        Alone.busy = True
        await asyncio.sleep(0.01)
        Alone.busy = False
        return Reply(text="x")


def broken(checks):
    """Names of the rules that are broken."""
    found = set()
    for check in checks:
        try:
            check()
        except (PseError, RuntimeError, TypeError, ValueError):
            found.add(str(check))
    return found


def register(monkeypatch, kind, made):
    """Registers an object of this module under the name ``mine``."""
    globals()["_mine"] = made
    point = EntryPoint("mine", f"{__name__}:_mine", f"pythonsecurityeval.{kind}")
    real = _registry.available
    monkeypatch.setattr(_registry, "available", lambda asked: real(asked) | ({"mine": point} if asked == kind else {}))


@pytest.mark.parametrize(
    ("model", "rules"),
    [
        (Good, set()),
        (Path, {"is a model"}),
        (Address, {"is a model"}),
        (Odd, {"is a model", "can be recorded"}),
        (WrongField, {"gives a reply"}),
        (Talkative, {"keeps to max_tokens"}),
        (Stubborn, {"can be given up"}),
        (Changing, {"is the same model tomorrow"}),
        (Alone, {"answers several at once"}),
    ],
)
def test_a_model_that_breaks_a_rule_is_told_which(monkeypatch, model, rules):
    @contextlib.asynccontextmanager
    async def made(target, settings):
        yield model()

    register(monkeypatch, "models", made)
    assert rules <= broken(model_checks("mine:x"))
    if not rules:
        assert broken(model_checks("mine:x")) == set()


class Patch:
    """Keeps the rules: asks once, and keeps the code if the answer is not clean."""

    track, prompts = "patch", {}

    async def solve(self, assignment, desk):
        attempt = await desk.attempt("fix", [Message(role="user", content=assignment.code)])
        return attempt.code if attempt.clean else assignment.code


class Endless(Patch):
    async def solve(self, assignment, desk):
        for number in range(500):
            attempt = await desk.attempt("fix", [Message(role="user", content=f"{number} {assignment.code}")])
            if attempt.clean:
                return attempt.code
        return assignment.code


class Trusting(Patch):
    async def solve(self, assignment, desk):
        return (await desk.attempt("fix", [Message(role="user", content=assignment.code)])).code


class Swallowing(Patch):
    async def solve(self, assignment, desk):
        try:
            return await super().solve(assignment, desk)
        except PseError:
            return assignment.code


class Counting(Patch):
    number = 0

    async def solve(self, assignment, desk):
        Counting.number += 1
        await desk.ask("count", [Message(role="user", content=str(Counting.number))])
        return await super().solve(assignment, desk)


class Mixing(Patch):
    async def solve(self, assignment, desk):
        self.code = assignment.code
        await desk.ask("think", [Message(role="user", content="think")])
        return self.code


class Wrong(Patch):
    track = "both"


class Nothing(Patch):
    async def solve(self, assignment, desk):
        return None


@pytest.mark.parametrize(
    ("submission", "rules"),
    [
        (Patch, set()),
        (Endless, {"ends when nothing helps"}),
        (Trusting, {"survives useless replies"}),
        (Swallowing, {"lets the model's failures through"}),
        (Counting, {"does the same again"}),
        (Mixing, {"keeps samples apart", "takes what is clean"}),
        (Wrong, {"is a submission"}),
        (Nothing, {"ends when nothing helps"}),
    ],
)
def test_a_submission_that_breaks_a_rule_is_told_which(monkeypatch, submission, rules):
    register(monkeypatch, "submissions", submission)
    found = broken(submission_checks("mine"))
    assert rules <= found
    assert rules or not found


def test_a_submission_that_imports_a_judge_is_told_so(monkeypatch):
    source = "from pythonsecurityeval.scanners import bandit"
    monkeypatch.setattr("inspect.getsource", lambda _module: source)
    register(monkeypatch, "submissions", Patch)
    assert "imports neither scanner nor sandbox" in broken(submission_checks("mine"))


# ---- ScriptedModel


def test_a_scripted_model_repeats_its_last_text_and_remembers():
    model = ScriptedModel("a", "b")
    texts = [asyncio.run(model.complete([Message(role="user", content=str(n))], Sampling(), n)).text for n in range(3)]
    assert texts == ["a", "b", "b"]
    assert [draw for _, _, draw in model.calls] == [0, 1, 2]
    assert request_of(model.name, *model.calls[0]).draw == 0


def test_a_scripted_model_wants_texts_or_a_function():
    for arguments in ({}, {"answer": None}):
        with pytest.raises(ValueError, match="give texts, or a function"):
            ScriptedModel(**arguments)
