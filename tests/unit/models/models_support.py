"""What the tests of models need."""

import asyncio

from pythonsecurityeval.chat import Message, Reply, Sampling

SAMPLING = Sampling(max_tokens=10, temperature=1.0)


def user(text):
    return [Message(role="user", content=text)]


class Counting:
    """A model that numbers its answers, and can be made to wait or to fail."""

    def __init__(self, name="counting", gate=None, failures=0):
        self.name, self.about = name, {"made": "for a test"}
        self.calls = []
        self.gate, self.failures = gate, failures

    async def complete(self, messages, sampling, draw):
        self.calls.append((messages[-1].content, draw))
        number = len(self.calls)
        await (self.gate.wait() if self.gate else asyncio.sleep(0))
        if number <= self.failures:
            raise RuntimeError("this call fails")
        return Reply(text=f"answer {number}", input_tokens=3, output_tokens=2, seconds=0.25)
