"""``pse run retry:rounds=5 --model …``: patches flagged code in rounds, each with the newest findings."""

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from pythonsecurityeval.chat import Message

_PROMPT = """\
A security scanner flags this Python code:

```python
{code}
```

{findings}

Mend it, change nothing else, and answer with one fenced block that holds the whole code.
"""


@dataclass(frozen=True, kw_only=True)
class Retry:
    rounds: int = 3
    track: ClassVar[str] = "patch"
    prompts: ClassVar[dict[str, str]] = {"mend": hashlib.sha256(_PROMPT.encode()).hexdigest()}

    async def solve(self, assignment, desk):
        """The first attempt that the scanner finds clean; else the code as it was."""
        code, findings = assignment.code, assignment.findings
        for number in range(1, self.rounds + 1):
            listed = "\n".join(f"- line {finding.line}: {finding.message}" for finding in findings)
            question = Message(role="user", content=_PROMPT.format(code=code, findings=listed))
            attempt = await desk.attempt(f"round {number}", [question])
            if attempt.clean:
                return attempt.code
            if attempt.scan.status == "flagged":  # code that parses: go on from there
                code, findings = attempt.code, attempt.scan.findings
        return assignment.code
