"""The compiled filter is run by a small interpreter of the kernel's machine."""

import errno
import os
import struct

import pytest

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox import syscall_numbers
from pythonsecurityeval.sandbox.syscall_numbers import audit_arch, numbers
from pythonsecurityeval.sandbox.syscall_policy import candidate_filter, judge_filter

ALLOW, ASK, KILL = 0x7FFF0000, 0x7FC00000, 0x80000000


def refuse(number):
    return 0x00050000 | number


def verdict(program, number, *arguments, arch=None):
    data = struct.pack("=IIQ6Q", number, audit_arch() if arch is None else arch, 0, *(*arguments, *[0] * 6)[:6])
    steps = [struct.unpack("=HBBI", program[i : i + 8]) for i in range(0, len(program), 8)]
    at = loaded = 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        if code == 0x20:
            loaded = struct.unpack_from("=I", data, value)[0]
        elif code == 0x06:
            return value
        else:
            test = {0x15: loaded == value, 0x25: loaded > value, 0x35: loaded >= value, 0x45: loaded & value}[code]
            at += if_true if test else if_false


@pytest.fixture(params=["x86_64", "aarch64"], autouse=True)
def machine(request, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: request.param)
    numbers.cache_clear()
    yield request.param
    numbers.cache_clear()


def candidate():
    return candidate_filter(signals_scoped=True, metadata=True)


def test_ordinary_calls_pass():
    for name in ("read", "openat", "mmap", "futex", "wait4", "getrandom", "fchmodat", "epoll_pwait", "exit_group"):
        assert verdict(candidate(), numbers()[name]) == ALLOW, name


def test_forbidden_calls_do_not():
    for name in ("connect", "bind", "ptrace", "mount", "unshare", "setns", "bpf", "setsid", "setpgid",
                 "keyctl", "io_uring_setup", "open_by_handle_at", "memfd_create", "pidfd_getfd", "seccomp"):  # fmt: skip
        assert verdict(candidate(), numbers()[name]) == refuse(errno.EPERM), name


def test_what_seams_stand_for_is_put_before_the_fork_server():
    for name in ("execve", "execveat", "socket"):
        for metadata in (True, False):
            program = candidate_filter(signals_scoped=True, metadata=metadata)
            assert verdict(program, numbers()[name]) == ASK, name
            assert verdict(judge_filter(), numbers()[name]) == refuse(errno.EPERM), name


def test_a_call_of_tomorrow_does_not_exist():
    assert verdict(candidate(), 5000) == refuse(errno.ENOSYS)
    assert verdict(candidate(), numbers()["clone3"]) == refuse(errno.ENOSYS)


def test_calls_of_another_machine_never_pass(machine):
    assert verdict(judge_filter(), numbers()["read"], arch=0x40000003) == KILL
    assert verdict(candidate(), numbers()["read"], arch=0x40000003) == ASK
    if machine == "x86_64":
        assert verdict(judge_filter(), 0x40000000 | numbers()["read"]) == refuse(errno.ENOSYS)
        assert verdict(candidate(), 0x40000000 | numbers()["read"]) == ASK


def test_conditions():
    program = candidate()
    assert verdict(program, numbers()["socketpair"], 1) == ALLOW
    assert verdict(program, numbers()["socketpair"], 2) == refuse(errno.EACCES)
    assert verdict(program, numbers()["clone"], 0x11) == ALLOW
    for namespace in (0x10000000, 0x20000000, 0x00020000, 0x40000000, 0x02000000, 0x04000000, 0x08000000, 0x8000):
        assert verdict(program, numbers()["clone"], namespace | 0x11) == refuse(errno.EPERM)
    assert verdict(program, numbers()["clone"], 0x1000 | 0x11) == refuse(errno.EPERM)
    assert verdict(program, numbers()["rt_sigaction"], 17, 1) == refuse(0)
    assert verdict(program, numbers()["rt_sigaction"], 15, 1) == ALLOW
    assert verdict(program, numbers()["getsockopt"], 3, 1, 57) == refuse(errno.ENOPROTOOPT)
    assert verdict(program, numbers()["getsockopt"], 3, 1, 4) == ALLOW
    assert verdict(program, numbers()["ioctl"], 0, 0x5412) == refuse(errno.ENOTTY)
    assert verdict(program, numbers()["fcntl"], 0, 8) == refuse(errno.EPERM)
    assert verdict(program, numbers()["prlimit64"], 0) == ALLOW
    assert verdict(program, numbers()["prlimit64"], 1) == refuse(errno.EPERM)


def test_without_scoped_signals_only_the_own_process_can_be_signalled():
    program = candidate_filter(signals_scoped=False, metadata=True)
    assert verdict(program, numbers()["kill"], os.getpid(), 9) == ALLOW
    assert verdict(program, numbers()["kill"], os.getppid(), 9) == refuse(errno.EPERM)
    assert verdict(program, numbers()["kill"], 0xFFFFFFFF, 9) == refuse(errno.EPERM)


def test_metadata_can_be_put_before_the_fork_server():
    program = candidate_filter(signals_scoped=True, metadata=False)
    assert verdict(program, numbers()["fchmodat"]) == ASK
    assert verdict(program, numbers()["utimensat"]) == ASK


def test_a_judge_changes_modes_by_descriptor_only():
    assert verdict(judge_filter(), numbers()["fchmod"]) == ALLOW
    assert verdict(judge_filter(), numbers()["fchmodat"]) == refuse(errno.EPERM)


def test_a_judge_starts_threads_but_no_process():
    assert verdict(judge_filter(), numbers()["clone"], 0x3D0F00) == ALLOW
    for name in ("clone", "socket", "execve", "kill", "tgkill", "chown" if "chown" in numbers() else "fchownat"):
        assert verdict(judge_filter(), numbers()[name], 0x11 if name == "clone" else 1) != ALLOW, name


def test_an_unknown_machine_is_refused(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(IsolationError, match="riscv64"):
        syscall_numbers.machine()
