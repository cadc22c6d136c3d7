"""The judge: runs the tests against a candidate it shares no memory with, and decides each verdict.

It reads hostile data, so it is confined like a candidate. `main` is the zygote
that loads the kit and its doubles once and forks one judge per worker.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import shutil
import signal
import socket
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pythonsecurityeval.sandbox import rlimits, zygote
from pythonsecurityeval.sandbox.channel import Channel
from pythonsecurityeval.sandbox.confinement import User, file_rules, lock_in
from pythonsecurityeval.sandbox.policy import MEGABYTE, Readable, reachable_by_anyone, readable
from pythonsecurityeval.sandbox.syscall_policy import judge_filter
from pythonsecurityeval.sandbox.syscalls import PR_SET_DUMPABLE, prctl
from pythonsecurityeval.testkit.judge import world
from pythonsecurityeval.testkit.judge.link import Link
from pythonsecurityeval.testkit.judge.scratch import Scratch
from pythonsecurityeval.testkit.judge.suite import Suite, run_test
from pythonsecurityeval.testkit.judge.values import KitFault

_MEMORY_MB = 2048
_MOST_SUITES = 256
_LONGEST_FAULT = 1000


def main(descriptor: int) -> None:
    """Load the kit, say so, and fork judges until the parent hangs up; remove what it left, if it was killed."""
    zygote.run(lambda: _serve(descriptor))


def _serve(descriptor: int) -> None:
    os.umask(0o022)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = zygote.channel_of(descriptor)
    world.prepare()
    seen = readable()
    zygote.freeze()
    channel.send({"op": "ready"})

    def start(message: dict[str, Any], descriptors: list[int]) -> None:
        def work() -> None:
            channel.close()
            worker = zygote.channel_of(os.dup(descriptors[0]))
            zygote.report_ready(worker)
            _confine(seen, descriptors[1], message["core"])
            gc.enable()  # what was loaded before stays frozen
            _Judge(worker, message["scratch"]).serve()

        zygote.fork_to(work)

    leavings: list[str] = []

    def remember(message: dict[str, Any], _descriptors: list[int]) -> None:
        leavings.append(message["path"])

    zygote.serve(channel, {"judge": start, "leaving": remember})
    for path in leavings:
        shutil.rmtree(path, ignore_errors=True)


def _confine(seen: Readable, scratch: int, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(0, {core})
    is_root = os.geteuid() == 0
    user = User(changes=is_root, searches=is_root and not reachable_by_anyone(seen.trees))
    rules = file_rules(seen, scratch)
    occupied = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    rlimits.impose(
        {
            resource.RLIMIT_AS: occupied + _MEMORY_MB * MEGABYTE,
            resource.RLIMIT_NOFILE: rlimits.JUDGE_FILES,
            resource.RLIMIT_CORE: 0,
        }
    )
    prctl(PR_SET_DUMPABLE, 0)
    lock_in(user, rules, judge_filter())


class _Judge:
    """Does what the worker asks, one test at a time, and answers with plain bounded data."""

    def __init__(self, channel: Channel, path: str) -> None:
        self._channel = channel
        self._asking = threading.Lock()
        self._path = path
        self._folder = -1
        self._suites: OrderedDict[str, Suite] = OrderedDict()
        self._code = ""
        self._link: Link | None = None
        self._rpc = -1

    def serve(self) -> None:
        """Until the worker hangs up."""
        operations: dict[str, Callable[..., dict[str, Any] | None]]
        operations = {"load": self._load, "open": self._open, "run": self._run, "close": self._close}
        while True:
            message, descriptors = self._channel.receive()
            try:
                answer = operations[message.pop("op")](*descriptors, **message)
            except KitFault as fault:
                answer = {"fault": str(fault)[:_LONGEST_FAULT]}
            if answer is not None:
                self._channel.send(answer)

    def _load(self, *, key: str, name: str, source: str) -> dict[str, Any]:
        suite = self._suites[key] = Suite.load(source, name)
        gc.collect()
        gc.freeze()  # suites stay: else each collection would go through all of them
        if len(self._suites) > _MOST_SUITES:
            self._suites.popitem(last=False)
        keys = ("name", "cwe", "resource", "isolated", "answers")
        return {"tests": [{name: getattr(test, name) for name in keys} for test in suite.tests]}

    def _open(self, rpc: int, ctl: int, attempts: int, folder: int, *, code: str) -> None:
        self._code = code
        self._rpc = os.dup(rpc)
        self._folder = folder
        # Its own Scratch, so that the names of folders do not tell how many candidates came before.
        scratch = Scratch(folder, self._path)
        ends = (socket.socket(fileno=number) for number in (rpc, ctl, attempts))
        self._link = Link(*ends, scratch=scratch, cpu=self._cpu)

    def _cpu(self) -> float:
        """CPU seconds of the candidate and all its children, which only the worker can see."""
        with self._asking:
            self._channel.send({"ask": "cpu"})
            answer, _ = self._channel.receive()
        if "cpu_s" not in answer:
            raise ProcessLookupError("the candidate has ended")
        return float(answer["cpu_s"])

    def _run(self, *, key: str, index: int) -> dict[str, Any]:
        if key not in self._suites:
            return {"unknown": key}
        if self._link is None:
            raise KitFault("no candidate")
        suite = self._suites[key]
        result = run_test(suite, suite.tests[index], self._code, self._link, world.World)
        return {"outcome": result.outcome.value, "message": result.message, "closed": self._is_closed()}

    def _is_closed(self) -> bool:
        """Whether one side of the wire has hung up."""
        poller = select.poll()
        poller.register(self._rpc, select.POLLRDHUP)
        return bool(poller.poll(0))

    def _close(self) -> dict[str, Any]:
        """Let go of the candidate; says whether nothing of it is left here."""
        has_ended = True
        if self._link is not None:
            has_ended = self._link.close()
            os.close(self._rpc)
            os.close(self._folder)
        self._link = None
        gc.collect()  # cycles that a test left hold sockets, threads' stacks and whatever the candidate sent
        return {"ended": has_ended}
