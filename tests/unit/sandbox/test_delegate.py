# ruff: noqa: PTH101, PTH211 - the calls themselves are tested
"""Modes and times, where the fork-server changes them for the candidate."""

import ctypes
import mmap
import os
import select
import socket
import stat

import pytest

from pythonsecurityeval.sandbox.delegate import DELEGATED, Delegate
from pythonsecurityeval.sandbox.notices import Listener, Notice
from pythonsecurityeval.sandbox.seccomp import compile_filter
from pythonsecurityeval.sandbox.syscall_numbers import numbers
from pythonsecurityeval.sandbox.syscalls import PR_SET_NO_NEW_PRIVS, install_filter, prctl


def delegated(folder, act):
    """Run ``act`` in a child whose calls on metadata are put before us; what it raised, as text."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            os.chdir(folder)
            prctl(PR_SET_NO_NEW_PRIVS, 1)
            allowed = set(numbers()) - set(DELEGATED)
            listener = install_filter(compile_filter(allowed, {}, (), DELEGATED), listen=True)
            socket.send_fds(theirs, [b"l"], [listener])
            os.close(listener)
            try:
                act()
            except OSError as error:
                theirs.send(type(error).__name__.encode())
        finally:
            os._exit(0)
    theirs.close()
    _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
    listener = Listener(descriptors[0], DELEGATED)
    opened = os.open(folder, os.O_RDONLY)
    delegate = Delegate(opened, str(folder))
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while poller.poll(5000) == [(listener.fileno(), select.POLLIN)]:
        if notice := listener.next():
            delegate.answer(notice)
    os.waitpid(pid, 0)
    said = ours.recv(100).decode()
    listener.close()
    os.close(opened)
    ours.close()
    return said


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in" / "file"
    path.parent.mkdir()
    path.write_text("x")
    path.chmod(0o644)
    return path


@pytest.fixture
def outside(tmp_path):
    path = tmp_path / "outside"
    path.write_text("x")
    path.chmod(0o644)
    return path


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("way", ["relative", "absolute", "descriptor", "folder descriptor", "link"])
def test_modes_change_inside(file, way):
    def act():
        if way == "relative":
            os.chmod("file", 0o600)
        elif way == "absolute":
            os.chmod(file, 0o600)
        elif way == "descriptor":
            os.fchmod(os.open("file", os.O_RDONLY), 0o600)
        elif way == "link":
            os.symlink("file", "link")
            os.chmod("link", 0o600)
        else:
            os.chmod("file", 0o600, dir_fd=os.open(".", os.O_RDONLY))

    assert delegated(file.parent, act) == ""
    assert mode(file) == 0o600


@pytest.mark.parametrize("way", ["relative", "absolute", "descriptor", "link", "dots", "proc"])
def test_modes_do_not_change_outside(file, outside, way):
    def act():
        if way == "relative":
            os.chmod("../outside", 0o777)
        elif way == "absolute":
            os.chmod(outside, 0o777)
        elif way == "descriptor":
            os.fchmod(os.open(outside, os.O_RDONLY), 0o777)
        elif way == "link":
            os.symlink(outside, "link")
            os.chmod("link", 0o777)
        elif way == "dots":
            os.chmod(f"{file.parent}/../outside", 0o777)
        else:
            os.chmod("/proc/self/fd/0", 0o777)

    assert delegated(file.parent, act) in {"PermissionError", "OSError"}
    assert mode(outside) == 0o644


def test_times_change_inside_only(file, outside):
    before = outside.stat().st_mtime_ns
    assert delegated(file.parent, lambda: os.utime("file", (5, 7))) == ""
    assert file.stat().st_mtime == 7
    assert delegated(file.parent, lambda: os.utime(outside, (5, 7))) == "PermissionError"
    assert outside.stat().st_mtime_ns == before


def test_owners_stay(file):
    assert delegated(file.parent, lambda: os.chown("file", -1, -1)) == ""
    assert delegated(file.parent, lambda: os.chown("file", os.getuid() + 1, -1)) == "PermissionError"


def test_times_that_are_cut_off_do_not_end_the_fork_server(file):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)
    both = libc.mmap(None, 2 * mmap.PAGESIZE, mmap.PROT_READ, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)
    libc.munmap(ctypes.c_void_p(both + mmap.PAGESIZE), ctypes.c_size_t(mmap.PAGESIZE))

    def act():
        for short in (8, 0):
            if libc.utimensat(-100, b"file", ctypes.c_void_p(both + mmap.PAGESIZE - short), 0) != -1:
                return
        raise OSError(ctypes.get_errno(), "refused")

    assert delegated(file.parent, act) == "OSError"


def test_the_memory_of_a_process_that_ended_is_no_endless_path():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(OSError, match=r"."):
        Notice(pid, "chmod", ()).text(0x1000, 100)
    os.waitpid(pid, 0)
