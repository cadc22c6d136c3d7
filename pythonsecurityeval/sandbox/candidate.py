"""The first moments of a candidate's process, while it is still ours: it gives up its rights, then serves the judge."""

from __future__ import annotations

import gc
import os
import resource
import socket
from dataclasses import dataclass

from pythonsecurityeval.sandbox import landlock, rlimits
from pythonsecurityeval.sandbox.confinement import User, file_rules, lock_in
from pythonsecurityeval.sandbox.inprocess import runner
from pythonsecurityeval.sandbox.policy import MEGABYTE, Limits, Readable
from pythonsecurityeval.sandbox.syscall_policy import candidate_filter
from pythonsecurityeval.testkit.inside import agent

_RPC, _CTL, _FIRST_OTHER = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What every candidate of one fork-server gets.

    Attributes:
        scratch: Where its scratch folder lies.
        covered: The opened folder above it, whose rights it has; None if each needs rights of its own.
        user: Who it runs as.
        readable: What it may read.
        limits: What it may use.
        address_space: Bytes that the fork-server itself occupies.
        threads: Processes and threads of the same user that exist already, or that other candidates may start.
        with_test: Whether its test runs in its process too, because it cannot be split from it.
    """

    scratch: str
    covered: int | None
    user: User
    readable: Readable
    limits: Limits
    address_space: int
    threads: int
    with_test: bool

    def resource_limits(self) -> dict[int, int]:
        """Limits of a single process, by `resource` constant."""
        limits = self.limits
        return {
            resource.RLIMIT_AS: self.address_space + limits.memory_mb * MEGABYTE,
            resource.RLIMIT_NPROC: rlimits.processes(limits.processes, self.threads),
            resource.RLIMIT_NOFILE: limits.open_files,
            resource.RLIMIT_FSIZE: limits.file_mb * MEGABYTE,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_MEMLOCK: 0,
            resource.RLIMIT_MSGQUEUE: 0,
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is the same for all forks and costs time to make.

    Attributes:
        cell: What every candidate gets.
        rules: What files it may touch; None if that differs, as its scratch folder does.
        metadata: Whether modes, owners and times may be changed freely.
        compiled: The filter; None if it differs.
    """

    cell: Cell
    rules: landlock.Ruleset | None
    metadata: bool
    compiled: bytes | None

    @classmethod
    def of(cls, cell: Cell, *, metadata: bool) -> Prepared:
        """Compile the rules; where Landlock does not scope signals the filter names the process and is made in each."""
        scoped = landlock.scopes_signals(landlock.abi())
        compiled = candidate_filter(signals_scoped=True, metadata=metadata) if scoped else None
        rules = None if cell.covered is None else file_rules(cell.readable, cell.covered)
        return cls(cell, rules, metadata, compiled)

    def files(self, folder: int) -> landlock.Ruleset:
        """The rules for a candidate with this scratch folder."""
        return self.rules or file_rules(self.cell.readable, folder)

    def system_calls(self) -> bytes:
        """The filter for this very process."""
        return self.compiled or candidate_filter(signals_scoped=False, metadata=self.metadata)


def begin(
    prepared: Prepared, folder: int, rpc: int, ctl: int, server: socket.socket
) -> tuple[socket.socket, socket.socket]:
    """Give up every right and every descriptor but the two that lead to the judge.

    Args:
        prepared: What is the same for all.
        folder: Its scratch folder, opened.
        rpc: The candidate's end of the wire.
        ctl: The candidate's end for new streams.
        server: Takes the listener, where the fork-server is asked about some calls.
    """
    os.setsid()
    os.chdir(prepared.cell.scratch)
    rlimits.impose(prepared.cell.resource_limits())
    rules, calls = prepared.files(folder), prepared.system_calls()
    listener = lock_in(prepared.cell.user, rules, calls, listen=True)
    socket.send_fds(server, [b"l"], [listener])
    _keep_only(rpc, ctl)
    gc.enable()
    return socket.socket(fileno=_RPC), socket.socket(fileno=_CTL)


def _keep_only(rpc: int, ctl: int) -> None:
    high = max(rpc, ctl, _FIRST_OTHER) + 1
    os.dup2(rpc, high)
    os.dup2(ctl, high + 1)
    os.dup2(high, _RPC)
    os.dup2(high + 1, _CTL)
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    os.dup2(2, 1)
    os.dup2(2, 0)
    os.closerange(_FIRST_OTHER, 1 << 16)


def serve(rpc: socket.socket, ctl: socket.socket, cell: Cell) -> None:
    """From here on the process is the candidate's.

    Args:
        rpc: To who gives orders: the judge, or the parent.
        ctl: Its other socket: for new streams, or for what the monitor reports.
        cell: What it gets.
    """
    if cell.with_test:
        runner.serve(rpc, ctl)
    else:
        agent.serve(rpc, ctl, cell.scratch)
