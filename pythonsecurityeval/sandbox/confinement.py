"""What candidates and judges have in common when they give up their rights."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

from pythonsecurityeval.sandbox import landlock
from pythonsecurityeval.sandbox.policy import DEVICES, NOBODY, WRITABLE_DEVICES, Readable
from pythonsecurityeval.sandbox.syscalls import (
    CAP_DAC_READ_SEARCH,
    PR_SET_DUMPABLE,
    PR_SET_KEEPCAPS,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    drop_bounding_set,
    install_filter,
    keep_capabilities,
    prctl,
)


@dataclass(frozen=True, slots=True)
class User:
    """Who hostile code runs as.

    Attributes:
        changes: Whether to become nobody; only root can, and must.
        searches: Whether to keep the right to pass through folders of others. As root without namespaces an
            interpreter below a private home could not be reached otherwise; Landlock still says what is read.
    """

    changes: bool
    searches: bool

    def become(self) -> None:
        """Give up every other right, for good."""
        kept = (CAP_DAC_READ_SEARCH,) if self.searches else ()
        if self.changes:
            drop_bounding_set()
            os.setgroups([])
            prctl(PR_SET_KEEPCAPS, 1 if kept else 0)
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        keep_capabilities(*kept)


def file_rules(readable: Readable, scratch: int) -> landlock.Ruleset:
    """Rules that let read what is readable, and do anything in the opened folder ``scratch``."""
    trees, listable = readable.expanded()
    rules = landlock.Ruleset()
    rules.grant(trees, landlock.READ)
    rules.grant(listable, landlock.READ_DIR)
    rules.grant(DEVICES, landlock.READ_FILE)
    rules.grant(WRITABLE_DEVICES, landlock.READ_FILE | landlock.WRITE_FILE)
    rules.grant_opened(scratch, landlock.SCRATCH)
    return rules


def lock_in(user: User, rules: landlock.Ruleset, system_calls: bytes, *, listen: bool = False) -> int:
    """The point of no return: user, files, system calls; and the process dies with the one that forked it."""
    user.become()
    if listen:
        prctl(PR_SET_DUMPABLE, 1)  # who answers its calls must be able to read what they are about
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # only now: a change of user forgets it
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    rules.restrict()
    return install_filter(system_calls, listen=listen)
