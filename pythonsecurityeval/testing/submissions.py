"""The rules of a submission."""

from __future__ import annotations

import ast
import asyncio
import inspect
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from pythonsecurityeval import _registry
from pythonsecurityeval.chat import Reply, Sampling
from pythonsecurityeval.errors import CheckFailed, ModelFailed
from pythonsecurityeval.pipeline.desk import RecordingDesk
from pythonsecurityeval.pipeline.run_options import choose
from pythonsecurityeval.protocols import Model, Submission
from pythonsecurityeval.solving import Assignment
from pythonsecurityeval.testing.checks import Check, demand
from pythonsecurityeval.testing.scripted import ScriptedModel
from pythonsecurityeval.types import Finding, Scanned, ScanResult, Unscannable

_Made = Callable[[], Submission]
_FLAGGED = "def shout(text):\n    danger('T-0')\n    return text.upper()\n"
_CLEAN = "def shout(text):\n    return text.upper()\n\n\ndef helper():\n    return 1\n"
_FORBIDDEN = ("pythonsecurityeval.sandbox", "pythonsecurityeval.scanners", "pythonsecurityeval.testkit")
_MOST_CALLS = 200
_SHA256_LENGTH = 64
_USELESS = {
    "nothing": "",
    "a refusal": "I cannot help with that.",
    "code that does not parse": "```python\ndef shout(text:\n```",
    "an open fence": "```python",
    "a thousand fences": "```\n" * 1000,
    "deep nesting": "```python\n" + "(" * 5000 + "\n```",
    "half a character and a zero": "```python\n\ud800\x00\n```",
}


def submission_checks(spec: str) -> list[Check]:
    """The rules of a submission, for a registered plugin: ``NAME``, or ``NAME:OPTION=NUMBER,…``."""

    def made() -> Submission:
        return choose(spec, "plain").submission

    rules = [Check(name, partial(rule, made)) for name, rule in _RULES.items()]
    return [*rules, Check("imports neither scanner nor sandbox", partial(_imports_no_judge, spec.partition(":")[0]))]


async def _is_a_submission(made: _Made) -> None:
    submission = made()
    demand(isinstance(submission, Submission), "the factory must return an object with track, prompts and solve")
    demand(submission.track in {"generate", "patch"}, f"track must be generate or patch: {submission.track!r:.80}")
    for name, digest in submission.prompts.items():
        demand(len(digest) == _SHA256_LENGTH, f"prompts: {name!r:.80} must have its text's hex SHA-256")


async def _ends_when_nothing_helps(made: _Made) -> None:
    model = ScriptedModel(_fenced(_FLAGGED))
    code = await _solved(made(), model)
    demand(len(model.calls) <= _MOST_CALLS, f"asks {len(model.calls)} times where nothing helps; bound it")
    demand(_parses(code), "answers with code that does not parse, though it was given some that does")


async def _takes_what_is_clean(made: _Made) -> None:
    code = await _solved(made(), ScriptedModel(_fenced(_CLEAN)))
    demand(_Listener().scan(code).status == "clean", f"the model gave clean code, the answer is {code!r:.80}")


async def _survives_useless_replies(made: _Made) -> None:
    for what, text in _USELESS.items():
        submission = made()
        code = await _solved(submission, ScriptedModel(text))
        if submission.track == "patch":
            demand(code == _FLAGGED, f"the model said {what}: the code must stay as it was, and is {code!r:.80}")
        else:
            demand(not _parses(code) or not code or code in text, f"the model said {what}, the answer is {code!r:.80}")


async def _does_the_same_again(made: _Made) -> None:
    first, second = ScriptedModel(answer=_varied), ScriptedModel(answer=_varied)
    codes = [await _solved(made(), model) for model in (first, second)]
    demand(codes[0] == codes[1], "the same replies must give the same code")
    demand(first.calls == second.calls, "the same replies must lead to the same questions")


async def _keeps_samples_apart(made: _Made) -> None:
    submission = made()
    ids = [f"T-{number}" for number in range(5)]
    alone = [await _solved(submission, ScriptedModel(answer=_varied), task_id=task_id) for task_id in ids]
    together = await asyncio.gather(
        *(_solved(submission, ScriptedModel(answer=_varied), task_id=task_id) for task_id in ids)
    )
    demand(alone == together, "several samples at once must give what each gives alone; keep nothing in the object")


async def _lets_failures_through(made: _Made) -> None:
    def fail(_messages: Any, _draw: int) -> Reply:
        raise ModelFailed("the model cannot be reached")

    try:
        code = await _solved(made(), ScriptedModel(answer=fail))
    except ModelFailed:
        return
    raise CheckFailed(f"the model could not be reached, and the answer is {code!r:.80}; catch no failure of the model")


async def _imports_no_judge(name: str) -> None:
    factory = _registry.load("submissions", name)
    module = sys.modules[inspect.unwrap(factory).__module__]
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for imported in names:
            demand(not imported.startswith(_FORBIDDEN), f"imports {imported}; all that it may use is handed to it")


# ---- what a submission is handed here


class _Listener:
    """A scanner that minds one word."""

    name, version, rules_sha256 = "listener", "1", ""

    def scan(self, code: str) -> ScanResult:
        if not code.strip():
            return Unscannable(status="no_code", reason="there is none")
        if not _parses(code):
            return Unscannable(status="unscannable", reason="does not parse")
        if "danger" not in code:
            return Scanned()
        finding = Finding(
            rule_id="X1", rule_name="danger", cwe="CWE-78", severity="HIGH", confidence="HIGH", line=2, message="danger"
        )
        return Scanned(findings=(finding,))


async def _solved(submission: Submission, model: Model, task_id: str = "T-0") -> str:
    desk = RecordingDesk(
        model=model, scanner=_Listener(), sampling=Sampling(temperature=1.0), sample_index=0, entry_point="shout"
    )
    findings = _Listener().scan(_FLAGGED)
    patch = submission.track == "patch"
    assignment = Assignment(
        task_id=task_id,
        prompt=f"Write shout(text), which returns text in capitals ({task_id}).",
        entry_point="shout",
        code=_FLAGGED.replace("T-0", task_id) if patch else "",
        findings=findings.findings if patch and isinstance(findings, Scanned) else (),
    )
    code = await submission.solve(assignment, desk)
    demand(isinstance(code, str), f"solve must return the code as text: {code!r:.80}")
    return code


def _fenced(code: str) -> str:
    return f"1. Mend it.\n\n```python\n{code}```\n"


def _varied(messages: Any, draw: int) -> str:
    """Something that depends on the question alone; flagged as a rule, clean now and then."""
    total = sum(len(message.content) for message in messages) + draw
    return _fenced(_CLEAN if total % 5 == 0 else _FLAGGED + f"\nTOTAL = {total}\n")


def _parses(code: str) -> bool:
    try:
        compile(
            code, "<kit>", "exec", dont_inherit=True
        )  # ast.parse is not safe in threads (CPython 3.11: SystemError)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


_RULES: dict[str, Callable[[_Made], Coroutine[Any, Any, None]]] = {
    "is a submission": _is_a_submission,
    "ends when nothing helps": _ends_when_nothing_helps,
    "takes what is clean": _takes_what_is_clean,
    "survives useless replies": _survives_useless_replies,
    "does the same again": _does_the_same_again,
    "keeps samples apart": _keeps_samples_apart,
    "lets the model's failures through": _lets_failures_through,
}
