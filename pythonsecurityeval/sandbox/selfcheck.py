"""Escape probes, run at every start inside the very recipe that hostile code will meet."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox import landlock
from pythonsecurityeval.sandbox.claims import Meter
from pythonsecurityeval.sandbox.control import steps_of
from pythonsecurityeval.sandbox.policy import Kind, Tier
from pythonsecurityeval.sandbox.worker import Worker
from pythonsecurityeval.types import Outcome, UnitTest

_SUITE = """
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def test_contained(self):
        self.assertEqual(self.solution.escapes(CANARY, PARENT), [])

    def test_libraries_can_be_read(self):
        self.assertEqual(self.solution.unreadable(), [])

    def test_works(self):
        self.assertEqual(self.solution.works(), "it works")
"""

_PROBES = '''
import ctypes
import os
import resource
import socket
import sqlite3
import stat
import sys
import tempfile
import threading


def escapes(canary, parent):
    """Names of the probes that were not stopped."""
    libc = ctypes.CDLL(None, use_errno=True)
    probes = {
        "read a file": lambda: open(canary).read(),
        "write a file": lambda: open(canary, "a"),
        "truncate a file": lambda: os.truncate(canary, 0),
        "remove a file": lambda: os.unlink(canary),
        "change a mode": lambda: os.chmod(canary, 0o777),
        "change a time": lambda: os.utime(canary, (1, 1)),
        "list a folder": lambda: os.listdir(os.path.dirname(canary)),
        "write beside a file": lambda: open(canary + "2", "w"),
        "link a file": lambda: os.link(canary, "here"),
        "read /etc/passwd": lambda: open("/etc/passwd"),
        "read an environment": lambda: open(f"/proc/{parent}/environ", "rb").read(),
        "list processes": lambda: os.listdir("/proc"),
        "signal the parent": lambda: os.kill(parent, 0),
        "limit the parent": lambda: resource.prlimit(parent, resource.RLIMIT_CPU),
        "leave the session": os.setsid,
        "leave the group": lambda: os.setpgid(0, 0),
        "start a program": lambda: _execute("/bin/true"),
        "open a network socket": lambda: socket.SocketType(socket.AF_INET, socket.SOCK_STREAM),
        "open a netlink socket": lambda: socket.SocketType(socket.AF_NETLINK, socket.SOCK_RAW),
        "open a unix socket": lambda: _checked(libc.socket(1, 1, 0)),
        "get new namespaces": lambda: _checked(libc.unshare(0x10000000)),
        "trace a process": lambda: _checked(libc.ptrace(0, 0, 0, 0)),
        "mount": lambda: _checked(libc.mount(b"none", b".", b"tmpfs", 0, None)),
        "change the root": lambda: os.chroot("."),
        "become root": lambda: _become_root(),
        "make a device": lambda: os.mknod("device", 0o600 | stat.S_IFCHR, os.makedev(1, 3)),
        "keep descriptors": lambda: [os.fstat(number) for number in range(5, 64)][0],
    }
    return [name for name, probe in probes.items() if not _stopped(probe)]


def _stopped(probe):
    try:
        probe()
    except (OSError, ValueError):
        return True
    return False


def _checked(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")


def _execute(path):
    # Below the seams, as hostile code would.
    result = ctypes.CDLL(None).access(path.encode(), 1)
    _checked(result)
    pid = os.fork()
    if pid == 0:
        try:
            ctypes.CDLL(None).execv(path.encode(), (ctypes.c_char_p * 2)(path.encode(), None))
        finally:
            os._exit(9)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9:
        raise OSError("refused")


def _become_root():
    if os.getuid() != 0:
        os.setuid(0)


def unreadable():
    """Folders of the interpreter's libraries from which nothing can be read, as where only their owner may."""
    own = (sys.prefix + "/lib", sys.base_prefix + "/lib")
    return [folder for folder in sys.path if folder.startswith(own) and not _is_readable(folder)]


def _is_readable(folder):
    try:
        if folder.endswith(".zip"):
            return True
        files = [entry.path for entry in os.scandir(folder) if entry.is_file()]
        for file in files[:3]:
            open(file, "rb").close()
    except OSError:
        return False
    return True


def works():
    """What ordinary solutions do."""
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write("it ")
        file.seek(0)
        text = file.read()
    database = sqlite3.connect("probe.db")
    text += database.execute("select 'works'").fetchone()[0]
    database.close()
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return text if os.waitpid(pid, 0)[1] == 0 else "no"
'''


def check(worker: Worker, tier: Tier) -> tuple[str, ...]:
    """Let the probes try.

    Returns:
        The layers that held, one line each.

    Raises:
        IsolationError: One escaped, or an ordinary program does not run.
    """
    with tempfile.TemporaryDirectory(prefix="pse-") as folder:
        worker.leaving(folder)
        canary = Path(folder, "canary")
        text = secrets.token_hex(16)
        canary.write_text(text, encoding="ascii")
        Path(folder).chmod(0o777)
        canary.chmod(0o666)
        before = canary.stat()
        source = _SUITE.replace("CANARY", repr(str(canary))).replace("PARENT", repr(os.getpid()))
        suite = UnitTest(task_id="self-check", suite="functional", source=source)
        results = worker.run(steps_of(suite, worker.cases(suite)), _PROBES, Meter(), Kind(), to_the_end=True)
        after = canary.stat()
        untouched = canary.read_text(encoding="ascii") == text and list(Path(folder).iterdir()) == [canary]
    failed = [f"{result.name}: {result.message}" for result in results if result.outcome is not Outcome.PASSED]
    if failed or not untouched or (before.st_mode, before.st_mtime_ns) != (after.st_mode, after.st_mtime_ns):
        raise IsolationError(f"tier {tier}: the self check failed: {'; '.join(failed) or 'a file was changed'}")
    return layers(tier)


def layers(tier: Tier) -> tuple[str, ...]:
    """What keeps candidates in, one line each."""
    own = ("namespaces: user, pid, mount, net, ipc, uts", "read-only root", "private tmpfs")
    shared = (
        f"landlock ABI {landlock.abi()}",
        "seccomp allow-list",
        "rlimits",
        "no_new_privs",
        "no capabilities",
    )
    return (*own, *shared) if tier == "namespaces" else shared
