"""Landlock: which files a process may touch, by the folder they lie in, without any privilege.

It does not govern metadata: a path's existence, size and times stay visible,
and modes and owners are left to ordinary permissions.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from typing import Final

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox.syscalls import syscall

EXECUTE: Final = 1 << 0
WRITE_FILE: Final = 1 << 1
READ_FILE: Final = 1 << 2
READ_DIR: Final = 1 << 3
_MAKE_CHARACTER_DEVICE = 1 << 6
_MAKE_SOCKET = 1 << 9
_MAKE_BLOCK_DEVICE = 1 << 11
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_DEVICE_IOCTL = 1 << 15
_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _DEVICE_IOCTL

READ: Final = READ_FILE | READ_DIR
#: Everything in a scratch folder but devices, sockets and programs.
SCRATCH: Final = ((1 << 15) - 1) & ~(EXECUTE | _MAKE_CHARACTER_DEVICE | _MAKE_BLOCK_DEVICE | _MAKE_SOCKET)

_BOTH_TCP_RIGHTS = 0b11
_ABI_NETWORK = 4
_ABI_SCOPES = 6
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("access", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The kernel's Landlock version, 0 if there is none."""
    try:
        return syscall("landlock_create_ruleset", None, 0, _VERSION_FLAG)
    except OSError:
        return 0


def scopes_signals(version: int) -> bool:
    """Whether that version keeps signals inside the domain."""
    return version >= _ABI_SCOPES


def _handled(version: int) -> int:
    rights = (1 << 13) - 1
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _DEVICE_IOCTL)):
        if version >= since:
            rights |= right
    return rights


def _size(version: int) -> int:
    return 24 if version >= _ABI_SCOPES else 16 if version >= _ABI_NETWORK else 8


class Ruleset:
    """What will be allowed; everything not granted is refused once `restrict` was called.

    No TCP, and from ABI 6 on no abstract sockets and no signals out of the
    process's own domain.

    Raises:
        IsolationError: The kernel has no Landlock.
    """

    def __init__(self) -> None:
        version = abi()
        if version < 1:
            raise IsolationError("the kernel has no Landlock (Linux 5.13 or newer, and enabled at boot)")
        self._handled = _handled(version)
        network = _BOTH_TCP_RIGHTS if version >= _ABI_NETWORK else 0
        rules = _Ruleset(self._handled, network, 0b11 if scopes_signals(version) else 0)
        self.descriptor = syscall("landlock_create_ruleset", ctypes.byref(rules), _size(version), 0)

    def grant(self, paths: Iterable[str], rights: int) -> None:
        """Allow ``rights`` on and below each path; a path that does not exist is passed over."""
        for path in paths:
            try:
                opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except (FileNotFoundError, NotADirectoryError):
                continue
            self.grant_opened(opened, rights)
            os.close(opened)

    def grant_opened(self, descriptor: int, rights: int) -> None:
        """Allow ``rights`` on and below what ``descriptor`` shows."""
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        allowed = rights & self._handled & (-1 if is_folder else _OF_A_FILE)
        rule = _PathBeneath(allowed, descriptor)
        syscall("landlock_add_rule", self.descriptor, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)

    def restrict(self) -> None:
        """Put the calling thread, and all it will start, under these rules; needs ``no_new_privs``."""
        syscall("landlock_restrict_self", self.descriptor, 0)
