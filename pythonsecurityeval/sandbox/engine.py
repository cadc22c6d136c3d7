"""Starts the two zygotes of a pool, hands out judges and fork-servers, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pythonsecurityeval.errors import InfrastructureError, IsolationError
from pythonsecurityeval.sandbox import namespaces, processes, rooms
from pythonsecurityeval.sandbox.channel import Channel, Gone
from pythonsecurityeval.sandbox.policy import MEGABYTE, NOBODY, Kind, Limits, Tier, environment
from pythonsecurityeval.sandbox.servant import Servant
from pythonsecurityeval.sandbox.watch import threads_of_user

_START_S = 60.0
_STOP_S = 6.0
_SLACK_THREADS = 16
_CANDIDATES = "pythonsecurityeval.sandbox.candidates"
_JUDGE = "pythonsecurityeval.sandbox.judge"
_PREFIX: Final = "pse-"
_MEMORY: Final = "/dev/shm"  # noqa: S108 - only the parent of a fresh folder


class Engine:
    """The processes of one pool. Its methods may be called by any thread.

    Args:
        tier: How candidates are isolated.
        workers: How many run at a time.
        python: The interpreter of candidates; None for ours.
        limits: What one candidate may use.
        hash_seed: The candidates' `PYTHONHASHSEED`.
        kinds: What to load at once, not only when it is asked for.

    Raises:
        IsolationError: The tier does not work on this machine.
    """

    def __init__(
        self, *, tier: Tier, workers: int, python: str | None, limits: Limits, hash_seed: int, kinds: Iterable[Kind]
    ) -> None:
        self.tier = tier
        self.limits = limits
        self._lock = threading.Lock()
        self._zygotes: dict[Kind, Channel] = {}
        self._cores = sorted(os.sched_getaffinity(0))
        self._workers = workers
        self._folders: list[int] = []
        self._base: Path | None = None
        self._stack = contextlib.ExitStack()
        try:
            self._stack.callback(self._remove_scratches)  # after the processes have ended
            seen = environment(namespaces.SCRATCH, hash_seed)
            self._candidates, process = self._start(_CANDIDATES, seen, python)
            self._judges, _ = self._start(_JUDGE, environment("/", hash_seed), None)
            self._scratches = self._make_scratches()  # as late as this: who is told at once, removes them in any case
            self._settle(process.pid)
            self._judges.receive(_START_S)
            for kind in kinds:
                self._zygote(kind)
        except (OSError, Gone) as error:
            self.close()
            raise IsolationError(f"tier {tier}: {error}") from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End every process and remove every folder; may be called twice."""
        self._stack.close()

    def judge(self, worker: int) -> Servant:
        """A fresh judge for a worker."""
        ours, theirs = Channel.pair(limit=1 << 20)
        path = f"{self._scratches[worker]}/{rooms.NAME}" if self.tier == "landlock" else namespaces.SCRATCH
        order = {"op": "judge", "scratch": path, "core": self._core(worker)}
        with theirs, self._lock, _ours():
            self._judges.send(order, [theirs.fileno(), self._folders[worker]])
        judge = _ready(ours)
        ours.refuse_descriptors()
        return judge

    def server(self, worker: int, kind: Kind) -> Servant:
        """A fresh fork-server for a worker."""
        ours, theirs = Channel.pair(limit=1 << 16)
        with theirs, self._lock, _ours():
            order = {"op": "server", "worker": worker, "core": self._core(worker)}
            self._zygote(kind).send(order, [theirs.fileno()])
        return _ready(ours)

    def leaving(self, path: str) -> None:
        """Have a folder removed at the end, even if this process is killed before it can do so itself."""
        with self._lock, _ours():
            self._judges.send({"op": "leaving", "path": path})

    def has_room(self) -> bool:
        """Whether a candidate could still write as much as it may; where each has memory of its own, always."""
        if self._base is None:
            return True
        status = os.statvfs(self._base)
        has_inodes = status.f_favail >= self.limits.scratch_inodes or not status.f_files  # not all systems count them
        return has_inodes and status.f_bavail * status.f_frsize >= self.limits.scratch_mb * MEGABYTE

    def sweep(self, group: int) -> None:
        """End a process group whose fork-server was lost."""
        if self.tier == "landlock":
            with self._lock:
                self._candidates.send({"op": "sweep", "group": group})

    def _core(self, worker: int) -> int | None:
        """Judge and candidate of a worker share a core: they work by turns, and wake each other fast."""
        return self._cores[worker % len(self._cores)] if self._workers <= len(self._cores) else None

    def _zygote(self, kind: Kind) -> Channel:
        if kind not in self._zygotes:
            ours, theirs = Channel.pair()
            self._zygotes[kind] = ours
            self._stack.callback(ours.close)
            with theirs:
                self._candidates.send({"op": "zygote", "kind": dataclasses.asdict(kind)}, [theirs.fileno()])
        return self._zygotes[kind]

    def _make_scratches(self) -> list[str]:
        if self.tier == "namespaces":
            return [""] * self._workers
        base = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._memory()))
        self._base = base
        base.chmod(0o711)
        for index in range(self._workers):
            folder = base / str(index)
            folder.mkdir(mode=0o711)
            self._folders.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
            self._stack.callback(os.close, self._folders[-1])
        return [str(base / str(index)) for index in range(self._workers)]

    def _remove_scratches(self) -> None:
        if self._base is not None:
            shutil.rmtree(self._base, ignore_errors=True)

    def _memory(self) -> str | None:
        """A folder in memory if there is room: making and removing files on a disk costs most of a sample's time."""
        with contextlib.suppress(OSError):
            status = os.statvfs(_MEMORY)
            needed = 2 * self._workers * self.limits.scratch_mb * MEGABYTE
            if status.f_bavail * status.f_frsize > needed and os.access(_MEMORY, os.W_OK):
                return _MEMORY
        return None

    def _start(
        self, module: str, seen: Mapping[str, str], python: str | None
    ) -> tuple[Channel, processes.Process[bytes]]:
        ours, theirs = Channel.pair()
        with theirs:
            try:
                process = processes.start(module, theirs.fileno(), seen, python)
            except OSError:
                ours.close()
                raise
        self._stack.callback(processes.stop, process, _STOP_S)
        self._stack.callback(ours.close)
        return ours, process

    def _settle(self, pid: int) -> None:
        """Tell the zygote of candidates what to build, and help it where only an outsider can.

        All candidates are one user to the kernel: each leaves room for the others, and the watch counts its own.
        """
        user = NOBODY if os.geteuid() == 0 else os.geteuid()
        others = threads_of_user(user) if self.tier == "landlock" else 0
        order = {
            "tier": self.tier,
            "scratches": self._scratches,
            "limits": self.limits.plain(),
            "threads": others + _SLACK_THREADS * self._workers + self.limits.processes * (self._workers - 1),
        }
        self._candidates.send(order)
        answer, folders = self._candidates.receive(_START_S)
        if answer["op"] == "map":
            namespaces.write_maps(pid)
            self._candidates.send({"op": "mapped"})
            answer, folders = self._candidates.receive(_START_S)
        if answer["op"] != "ready":
            raise InfrastructureError("the zygote of candidates did not start")
        for folder in folders:
            self._stack.callback(os.close, folder)
        self._folders = self._folders or folders * self._workers


@contextlib.contextmanager
def _ours() -> Iterator[None]:
    """A zygote never meets a candidate: losing one is this machine's failure, not a sample's doing."""
    try:
        yield
    except Gone as error:
        raise InfrastructureError(f"a process of the sandbox was lost: {error}") from None


def _ready(channel: Channel) -> Servant:
    try:
        with _ours():
            message, descriptors = channel.receive(_START_S)
    except InfrastructureError:
        channel.close()
        raise
    return Servant(channel, descriptors[0], message.get("resident", 0))
