"""``pse run direct_prompting --model echo:code``: the last fenced block of the conversation, unchanged."""

import contextlib
import re
from dataclasses import dataclass, field

from pythonsecurityeval.chat import Reply

_BLOCK = re.compile(r"```[a-z]*\n.*?```", re.DOTALL)


@contextlib.asynccontextmanager
async def echo(target, settings):
    """What the entry point names: yields the model, and would close its connections afterwards."""
    yield Echo(f"echo-{target}")


@dataclass
class Echo:
    name: str
    about: dict = field(default_factory=dict)

    async def complete(self, messages, sampling, draw):
        blocks = _BLOCK.findall("\n".join(message.content for message in messages))
        words = (blocks[-1] if blocks else "I was given no code.").split(" ")
        said = words[: sampling.max_tokens]
        return Reply(text=" ".join(said), finish="stop" if said == words else "length", output_tokens=len(said))
