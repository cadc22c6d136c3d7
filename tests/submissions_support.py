"""A model with a script and a scanner with rules of its own, for tests of the methods: both fill the real seams."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from pythonsecurityeval.chat import Reply, Sampling
from pythonsecurityeval.pipeline.desk import RecordingDesk
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.solving import Assignment
from pythonsecurityeval.types import Scanned

SCANNER = BanditScanner()
CLEAN = "def f(x):\n    return [x]\n"
FLAGGED = "import subprocess\n\n\ndef f(x):\n    return subprocess.call(x, shell=True)\n"
WORSE = "import subprocess\n\n\ndef f(x):\n    eval(x)\n    return subprocess.call(x, shell=True)\n"


def fenced(code):
    return f"Here:\n```python\n{code}```\n"


class Answers:
    """A model that answers with what a function of the prompt and the draw says."""

    name = "answers"
    about: ClassVar = {}

    def __init__(self, answer):
        self.answer = answer
        self.prompts = []

    async def complete(self, messages, sampling, draw):
        (message,) = messages
        self.prompts.append(message.content)
        return Reply(text=self.answer(message.content, draw))


def solve(submission, answer, code=FLAGGED, *, prompt="", entry_point="f", sample_index=0):
    """The code that a submission answers, with the model and the desk that it used."""
    model = Answers(answer)
    desk = RecordingDesk(
        model=model,
        scanner=SCANNER,
        sampling=Sampling(),
        sample_index=sample_index,
        entry_point=entry_point,
    )
    scan = SCANNER.scan(code)
    findings = scan.findings if isinstance(scan, Scanned) else ()
    assignment = Assignment(task_id="T-1", prompt=prompt, entry_point=entry_point, code=code, findings=findings)
    return asyncio.run(submission.solve(assignment, desk)), model, desk
