"""Which system calls candidates and judges may make: a list of the allowed, everything else is refused."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Mapping
from typing import Final

from pythonsecurityeval.sandbox.attempts import ATTEMPTS
from pythonsecurityeval.sandbox.delegate import DELEGATED
from pythonsecurityeval.sandbox.seccomp import Only, compile_filter

_MEMORY = "brk madvise mincore mlock mmap mprotect mremap msync munlock munmap membarrier"
_DESCRIPTORS = """close close_range copy_file_range dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait
    epoll_pwait2 epoll_wait eventfd eventfd2 fadvise64 fallocate fdatasync flock fsync ftruncate lseek pipe pipe2 poll
    ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev pwritev2 read readahead readv select sendfile splice
    sync_file_range tee timerfd_create timerfd_gettime timerfd_settime write writev"""
_FILES = """access chdir creat faccessat faccessat2 fchdir fgetxattr flistxattr fstat fstatfs getcwd getdents getdents64
    getxattr lgetxattr link linkat listxattr llistxattr lstat mkdir mkdirat newfstatat open openat openat2 readlink
    readlinkat rename renameat renameat2 rmdir stat statfs statx symlink symlinkat umask unlink unlinkat"""
#: Landlock does not govern these: ordinary permissions and read-only mounts do.
_METADATA = "chmod chown fchmod fchmodat fchown fchownat futimesat lchown mknod mknodat utime utimensat utimes"
_STREAMS = """getpeername getsockname getsockopt recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto setsockopt
    shutdown"""
_THREADS = """arch_prctl exit exit_group futex get_robust_list getcpu gettid restart_syscall rseq rt_sigaction
    rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait sched_get_priority_max
    sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_rr_get_interval sched_yield
    set_robust_list set_tid_address sigaltstack tgkill"""
_PROCESSES = "fork kill pause setrlimit vfork wait4 waitid signalfd signalfd4"
_TIME = """alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time
    timer_create timer_delete timer_getoverrun timer_gettime timer_settime times"""
_SELF = """capget getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority getrandom getresgid
    getresuid getrlimit getrusage getsid getuid sysinfo uname"""

_ANY_NAMESPACE = 0x7E02_0000  # every CLONE_NEW* bit that clone(2) knows
_CLONE_PARENT = 0x8000
_CLONE_PIDFD = 0x1000
_CLONE_THREAD = 0x1_0000
_GET_NAME, _SET_NAME, _GET_DUMPABLE, _GET_KEEPCAPS, _READ_BOUND, _NAME_MEMORY = 16, 15, 3, 7, 23, 0x5356_4D41
_TERMINAL_SIZE, _TERMINAL_READ = 0x5413, 0x5401
_COUNT_READABLE, _SET_BLOCKING, _CLOSE_ON_EXEC, _KEEP_ON_EXEC = 0x541B, 0x5421, 0x5451, 0x5450
#: What shows numbers that the kernel counts up for the whole machine: a candidate could leave a mark in them.
_COOKIE, _PASS_PIDFD, _PEER_PIDFD = 57, 76, 77
#: Everything of fcntl(2) that cannot make the kernel send a signal to someone.
_LOCKS_AND_FLAGS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1024, 1025, 1030, 1031, 1032, 1033, 1034)

_CONDITIONS: Final[Mapping[str, Only]] = {
    "socketpair": Only(0, values=(int(socket.AF_UNIX),), otherwise=errno.EACCES),
    "prctl": Only(0, values=(_GET_NAME, _SET_NAME, _GET_DUMPABLE, _GET_KEEPCAPS, _READ_BOUND, _NAME_MEMORY)),
    "ioctl": Only(
        1,
        values=(_TERMINAL_READ, _TERMINAL_SIZE, _COUNT_READABLE, _SET_BLOCKING, _CLOSE_ON_EXEC, _KEEP_ON_EXEC),
        otherwise=errno.ENOTTY,
    ),
    "fcntl": Only(1, values=_LOCKS_AND_FLAGS),
    "prlimit64": Only(0, values=(0,)),
    "getsockopt": Only(2, refused=(_COOKIE, _PEER_PIDFD), otherwise=errno.ENOPROTOOPT),
    "setsockopt": Only(2, refused=(_PASS_PIDFD,), otherwise=errno.ENOPROTOOPT),
    # Pretends: who ignored its children's end would keep their CPU time from being counted.
    "rt_sigaction": Only(0, refused=(int(signal.SIGCHLD),), otherwise=0),
}
#: The C library falls back to older calls that a filter can see into.
_ABSENT = ("clone3", "fchmodat2", "pidfd_open")


def _names(*groups: str) -> list[str]:
    return [name for group in groups for name in group.split()]


def candidate_filter(*, signals_scoped: bool, metadata: bool) -> bytes:
    """The filter of a candidate, made in its own process.

    Args:
        metadata: Whether modes, owners and times may be changed freely: only where nothing outside its folder
            belongs to the candidate's user, or everything outside is read-only. Else the fork-server is asked,
            as it is about `ATTEMPTS` in any case.
        signals_scoped: Whether something else keeps signals from leaving; if not, only this very process
            and its group can be signalled.
    """
    own = (_METADATA,) if metadata else ("mknod mknodat",)
    asked = ATTEMPTS if metadata else (*ATTEMPTS, *DELEGATED)
    allowed = _names(_MEMORY, _DESCRIPTORS, _FILES, *own, _STREAMS, _THREADS, _PROCESSES, _TIME, _SELF)
    conditions = {**_CONDITIONS, "clone": Only(0, without=_ANY_NAMESPACE | _CLONE_PARENT | _CLONE_PIDFD)}
    if not signals_scoped:
        pid = os.getpid()
        conditions |= {"kill": Only(0, values=(pid, 0, -pid)), "tgkill": Only(0, values=(pid,))}
    return compile_filter(allowed, conditions, _ABSENT, asked)


def judge_filter() -> bytes:
    """The filter of a judge: threads but no processes, no signals, no change of modes and owners."""
    allowed = _names(_MEMORY, _DESCRIPTORS, _FILES, _STREAMS, _THREADS, _TIME, _SELF, "fchmod memfd_create")
    conditions = {**_CONDITIONS, "clone": Only(0, having=_CLONE_THREAD), "tgkill": Only(0, values=(os.getpid(),))}
    return compile_filter(allowed, conditions, _ABSENT)
