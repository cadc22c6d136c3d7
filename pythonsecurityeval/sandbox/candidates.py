"""The zygotes of candidates: the first enters the namespaces and forks one for each kind, which forks fork-servers.

`main` runs in the interpreter that candidates run in, which may be another
than ours and may have nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pythonsecurityeval.sandbox import namespaces, rooms, scratch, warming, zygote
from pythonsecurityeval.sandbox.candidate import Cell, Prepared
from pythonsecurityeval.sandbox.channel import Channel
from pythonsecurityeval.sandbox.confinement import User
from pythonsecurityeval.sandbox.forkserver import ForkServer
from pythonsecurityeval.sandbox.inprocess import runner
from pythonsecurityeval.sandbox.policy import HEAVY, LIGHT, Kind, Limits, Readable, reachable_by_anyone, readable
from pythonsecurityeval.sandbox.syscalls import PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE, PR_SET_PDEATHSIG, prctl
from pythonsecurityeval.testkit.inside import rehearsal, seams


@dataclass(slots=True)
class _Home:
    """Where the fork-servers of this zygote live."""

    scratches: list[str]
    folders: list[int]
    covered: int | None
    readable: Readable
    user: User
    limits: Limits
    threads: int
    proc: int
    pids: namespaces.NestedPids | None


def main(descriptor: int) -> None:
    """Set up, say so, and serve the parent until it hangs up."""
    zygote.run(lambda: _serve(descriptor))


def _serve(descriptor: int) -> None:
    os.umask(0o022)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = zygote.channel_of(descriptor)
    order, _ = channel.receive(30)
    try:
        _work(channel, order)
    finally:
        if order["tier"] == "landlock":
            _remove(order["scratches"])


def _work(channel: Channel, order: dict[str, Any]) -> None:
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    home = _settle(channel, order)
    zygote.preload(LIGHT)
    zygote.freeze()
    channel.send({"op": "ready"}, [] if home.covered is None else [home.covered])
    _Root(channel, home).serve()


def _remove(paths: list[str]) -> None:
    """The parent does this too, unless it was killed."""
    for path in paths:
        with contextlib.suppress(OSError):
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                scratch.empty(folder)
            finally:
                os.close(folder)
            Path(path).rmdir()
    with contextlib.suppress(OSError):
        Path(paths[0]).parent.rmdir()


def _settle(channel: Channel, order: dict[str, Any]) -> _Home:
    limits = Limits(**order["limits"])
    seen = readable()
    is_root = os.geteuid() == 0
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    home = _Home(
        order["scratches"], [], None, seen, User(changes=is_root, searches=False), limits, order["threads"], proc, None
    )
    if order["tier"] == "namespaces":
        namespaces.leave()
        channel.send({"op": "map"})
        channel.receive(30)
        namespaces.become_init()
        home.covered = namespaces.build_root(seen)
        home.pids = namespaces.NestedPids(proc)
    else:
        home.user = User(changes=is_root, searches=is_root and not reachable_by_anyone(seen.trees))
        home.folders = [os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) for path in home.scratches]
    return home


def _load(kind: Kind) -> None:
    """Make ready what the candidates of one kind share, as each will find it: what is used once is quick then."""
    zygote.preload(HEAVY if kind.heavy else ())
    if not kind.with_test:
        seams.install()
    warming.warm_light()
    if kind.heavy:
        warming.warm_heavy()
    if kind.with_test:
        runner.warm_up()
    else:
        rehearsal.rehearse()
    zygote.freeze()


class _Root:
    """Has loaded what all kinds need, and forks a zygote for each."""

    def __init__(self, channel: Channel, home: _Home) -> None:
        self._channel = channel
        self._home = home

    def serve(self) -> None:
        """Until the parent hangs up."""
        zygote.serve(self._channel, {"zygote": self._zygote, "sweep": self._sweep})

    def _zygote(self, message: dict[str, Any], descriptors: list[int]) -> None:
        def work() -> None:
            self._channel.close()
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            prctl(PR_SET_CHILD_SUBREAPER, 1)
            kind = Kind(**message["kind"])
            _load(kind)
            _Candidates(zygote.channel_of(os.dup(descriptors[0])), self._home, kind).serve()

        zygote.fork_to(work)

    def _sweep(self, message: dict[str, Any], _descriptors: list[int]) -> None:
        """A fork-server was lost with a candidate alive: end that candidate's group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(message["group"], signal.SIGKILL)


class _Candidates:
    """Serves the parent with fork-servers of one kind."""

    def __init__(self, channel: Channel, home: _Home, kind: Kind) -> None:
        self._channel = channel
        self._home = home
        self._kind = kind

    def serve(self) -> None:
        """Until the parent hangs up."""
        zygote.serve(self._channel, {"server": self._server})

    def _server(self, message: dict[str, Any], descriptors: list[int]) -> None:
        def work() -> None:
            self._channel.close()
            _serve_worker(self._home, self._kind, message, zygote.channel_of(os.dup(descriptors[0])))

        zygote.fork_to(work, self._home.pids.fork if self._home.pids else os.fork)


def _serve_worker(home: _Home, kind: Kind, message: dict[str, Any], channel: Channel) -> None:
    index = message["worker"]
    if home.pids:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        namespaces.own_mounts()
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    prctl(PR_SET_DUMPABLE, 0)
    if message["core"] is not None:
        os.sched_setaffinity(0, {message["core"]})
    size, resident = _occupied(home.proc)
    path = namespaces.SCRATCH if home.pids else f"{home.scratches[index]}/{rooms.NAME}"
    os.environ.update(HOME=path, TMPDIR=path)
    room = rooms.Mounted(home.limits, home.proc) if home.pids else rooms.Kept(home.folders[index], home.user.changes)
    cell = Cell(path, home.covered, home.user, home.readable, home.limits, size, home.threads, kind.with_test)
    prepared = Prepared.of(cell, metadata=home.pids is not None or home.user.changes)
    zygote.report_ready(channel, resident=resident)
    ForkServer(channel, prepared, room, alone=home.pids is not None, watched=home.pids is None).run()


def _occupied(proc: int) -> tuple[int, int]:
    """Bytes of address space and of memory that this process holds."""
    descriptor = os.open("self/statm", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)
    with os.fdopen(descriptor, encoding="ascii") as status:
        space, resident = map(int, status.read().split()[:2])
    return space * os.sysconf("SC_PAGE_SIZE"), resident * os.sysconf("SC_PAGE_SIZE")
