# ruff: noqa: PTH110, PTH208 - short
"""The world that no attack may touch: a canary file, a secret, a listening port, and the processes that were there."""

from __future__ import annotations

import os
import secrets
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

SECRET_NAME = "PSE_ATTACK_SECRET"
TEXT = "nothing may touch this"


@dataclass
class Outside:
    folder: Path
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    processes: int = 0

    def __post_init__(self):
        os.environ[SECRET_NAME] = self.secret
        self.folder.chmod(0o777)
        self.canary.write_text(TEXT)
        self.canary.chmod(0o666)
        self.listener.settimeout(0.01)
        self.before = self.looks()

    @property
    def canary(self) -> Path:
        return self.folder / "canary"

    def arm(self, text: str) -> str:
        """The attack's text with what it aims at."""
        port = self.listener.getsockname()[1]
        for name, value in (("CANARY", self.canary), ("SECRET_NAME", SECRET_NAME), ("SECRET", self.secret),
                            ("PARENT", os.getpid()), ("PORT", port)):  # fmt: skip
            text = text.replace(f"@{name}@", str(value))
        return text

    def looks(self):
        status = self.canary.stat()
        return (
            status.st_mode,
            status.st_uid,
            status.st_mtime_ns,
            sorted(os.listdir(self.folder)),
            Path(os.__file__).stat()[:3],
        )

    def check_untouched(self):
        assert self.canary.read_text() == TEXT
        assert self.looks() == self.before
        for place in ("/tmp", "/var/tmp", "/dev/shm", "/", "/root", "/run"):
            assert not os.path.exists(f"{place}/pse-was-here")
        assert not os.path.exists("/tmp/pwned")
        try:
            self.listener.accept()[0].close()
        except TimeoutError:
            return
        raise AssertionError("somebody connected")

    def check_processes(self):
        end = time.monotonic() + 3
        while (now := len(descendants())) > self.processes and time.monotonic() < end:
            time.sleep(0.02)
        assert now <= self.processes, descendants()

    def close(self):
        del os.environ[SECRET_NAME]
        self.listener.close()


def descendants() -> dict[int, str]:
    """Every process that stems from this one, and its name."""
    parents, names = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            text = Path("/proc", name, "stat").read_text()
        except OSError:
            continue
        parents[int(name)] = int(text[text.rindex(")") + 2 :].split()[1])
        names[int(name)] = text
    found, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return {pid: names[pid] for pid in found - {os.getpid()}}
