"""The kernel's calls that the standard library lacks, by ctypes; everything else here builds on these."""

from __future__ import annotations

import ctypes
import functools
import os
from typing import Final

from pythonsecurityeval.sandbox.syscall_numbers import numbers

CLONE_NEWNS: Final = 0x0002_0000
CLONE_NEWUTS: Final = 0x0400_0000
CLONE_NEWIPC: Final = 0x0800_0000
CLONE_NEWUSER: Final = 0x1000_0000
CLONE_NEWPID: Final = 0x2000_0000
CLONE_NEWNET: Final = 0x4000_0000

MS_RDONLY: Final = 0x1
MS_NOSUID: Final = 0x2
MS_NODEV: Final = 0x4
MS_NOEXEC: Final = 0x8
MS_REMOUNT: Final = 0x20
MS_BIND: Final = 0x1000
MS_REC: Final = 0x4000
MS_PRIVATE: Final = 0x4_0000
MNT_DETACH: Final = 2

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_KEEPCAPS: Final = 8
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38

CAP_DAC_READ_SEARCH: Final = 2
_READ_ONLY, _NO_SET_USER, _NO_DEVICES, _AT_RECURSIVE = 1, 2, 4, 0x8000
_SET_FILTER, _NEW_LISTENER = 1, 1 << 3
_NO_MAGIC_LINKS, _BENEATH = 0x02, 0x08
_LAST_CAPABILITY = 40
_CAPABILITY_VERSION_3 = 0x2008_0522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


class _OpenHow(ctypes.Structure):
    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "users"))


class _Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@functools.cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def _checked(result: int, what: str) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(name: str, *arguments: object) -> int:
    """Make the system call ``name``; integers travel as C longs.

    Raises:
        OSError: The kernel refused.
    """
    raw = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return _checked(_libc().syscall(ctypes.c_long(numbers()[name]), *raw), name)


def prctl(option: int, value: int = 0) -> int:
    """`prctl(2)` with one argument."""
    return syscall("prctl", option, value, 0, 0, 0)


def unshare(flags: int) -> None:
    """`unshare(2)`."""
    syscall("unshare", flags)


def setns(descriptor: int, flags: int) -> None:
    """`setns(2)`."""
    syscall("setns", descriptor, flags)


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """`mount(2)`; empty texts are passed as null."""
    texts = [os.fsencode(text) or None for text in (source, target, kind, data)]
    try:
        syscall("mount", texts[0], texts[1], texts[2], flags, texts[3])
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror} at {target}") from None


def make_read_only(target: str) -> None:
    """Make the mount at ``target``, and all mounts below it, read-only, without devices and set-user programs."""
    attributes = _MountAttributes(_READ_ONLY | _NO_SET_USER | _NO_DEVICES, 0, 0, 0)
    size = ctypes.sizeof(attributes)
    syscall("mount_setattr", -1, os.fsencode(target), _AT_RECURSIVE, ctypes.byref(attributes), size)


def unmount(target: str) -> None:
    """Detach what is mounted at ``target``."""
    syscall("umount2", os.fsencode(target), MNT_DETACH)


def pivot_root(new: str, old: str) -> None:
    """`pivot_root(2)`."""
    syscall("pivot_root", os.fsencode(new), os.fsencode(old))


def keep_capabilities(*kept: int) -> None:
    """Hold exactly the capabilities ``kept`` (all below 32), now and after any program that is started."""
    mask = sum(1 << number for number in kept)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)(_CapabilityData(mask, mask, 0), _CapabilityData(0, 0, 0))
    syscall("capset", ctypes.byref(header), ctypes.byref(data))


def drop_bounding_set() -> None:
    """No program started from here can regain a capability; a no-op without the right to do so."""
    for number in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, number)
        except OSError:
            return


def install_filter(program: bytes, *, listen: bool = False) -> int:
    """Put the calling thread under a seccomp filter of 8-byte instructions; needs ``no_new_privs``.

    Args:
        program: The instructions.
        listen: Whether the filter puts some calls before a listener.

    Returns:
        The listener's descriptor, or 0.
    """
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _FilterProgram(len(program) // 8, ctypes.addressof(buffer))
    return syscall("seccomp", _SET_FILTER, _NEW_LISTENER if listen else 0, ctypes.byref(described))


def open_beneath(folder: int, path: str) -> int:
    """A handle (O_PATH) of what lies at ``path`` in the opened ``folder``; nothing leads out of it."""
    how = _OpenHow(os.O_PATH | os.O_CLOEXEC, 0, _BENEATH | _NO_MAGIC_LINKS)
    return syscall("openat2", folder, os.fsencode(path), ctypes.byref(how), ctypes.sizeof(how))


def read_memory(pid: int, address: int, size: int) -> bytes:
    """Up to ``size`` bytes at ``address`` of another process.

    Raises:
        OSError: There is no such process or memory, or it may not be read.
    """
    buffer = ctypes.create_string_buffer(size)
    here, there = _Span(ctypes.addressof(buffer), size), _Span(address, size)
    found = syscall("process_vm_readv", pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    return buffer.raw[:found]
