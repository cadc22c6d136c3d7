"""A view of the system of its own: user, process, mount, network, IPC and host name namespaces.

Built once per pool, by the zygote: a read-only root with only what Python
needs. Each fork-server mounts scratch folders into its own copy of it. The
parent writes the user map, as only a process outside may map two users.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final, NoReturn

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox.policy import DEVICES, MEGABYTE, NOBODY, Limits, Readable
from pythonsecurityeval.sandbox.syscalls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
    PR_SET_PDEATHSIG,
    make_read_only,
    mount,
    pivot_root,
    prctl,
    setns,
    unmount,
    unshare,
)

#: Landlock does not look at a folder that is mounted over, but at those above it: this one carries the rights.
_COVERED = "/scratch"
#: Where a candidate finds its scratch folder.
SCRATCH: Final = f"{_COVERED}/home"
#: A mount point that exists everywhere and that nothing readable lies in; only this process sees what covers it.
_NEW_ROOT = "/proc"
_ALL = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWPID


def leave() -> None:
    """Leave the parent's namespaces; until the parent wrote the maps this process is nobody."""
    unshare(_ALL)


def write_maps(pid: int) -> None:
    """Map the users of the process that left: as root, root and nobody; else nobody to ourselves.

    Raises:
        IsolationError: The kernel refused, as where user namespaces are restricted.
    """
    folder = Path(f"/proc/{pid}")
    try:
        if os.geteuid() == 0:
            both = f"0 0 1\n{NOBODY} {NOBODY} 1\n"
            (folder / "uid_map").write_text(both)
            (folder / "gid_map").write_text(both)
        else:
            (folder / "setgroups").write_text("deny")
            (folder / "uid_map").write_text(f"{NOBODY} {os.geteuid()} 1\n")
            (folder / "gid_map").write_text(f"{NOBODY} {os.getegid()} 1\n")
    except OSError as error:
        raise IsolationError(f"user namespaces: the user map was refused: {error}") from None


def become_init() -> None:
    """Go on as process 1 of the new process namespace; the process that called only waits for it to end."""
    pid = os.fork()
    if pid:
        _wait_and_exit(pid)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait_and_exit(pid: int) -> NoReturn:
    os.closerange(0, 256)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.waitpid(pid, 0)
    os._exit(0)


def build_root(readable: Readable) -> int:
    """Make and enter the new root.

    Returns:
        A descriptor of the folder above the scratch folders: who may use it may use those.
    """
    mount("", "/", flags=MS_REC | MS_PRIVATE)
    mount("tmpfs", _NEW_ROOT, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    for path in readable.trees:
        _show(path)
    for path in readable.hidden:
        mount("tmpfs", _NEW_ROOT + path, "tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY, "size=4k,mode=755")
    for path in DEVICES:
        _show_device(path)
    Path(_NEW_ROOT + SCRATCH).mkdir(parents=True)
    Path(_NEW_ROOT, "old").mkdir()
    os.chdir(_NEW_ROOT)
    pivot_root(".", "old")
    os.chdir("/")
    unmount("/old")
    Path("/old").rmdir()
    mount("", "/", flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    return os.open(_COVERED, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _show(path: str) -> None:
    target = Path(_NEW_ROOT + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(path).is_symlink():
        target.symlink_to(Path(path).readlink())
        return
    if Path(path).is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    mount(path, str(target), flags=MS_BIND | MS_REC)
    make_read_only(str(target))


def _show_device(path: str) -> None:
    target = Path(_NEW_ROOT + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    mount(path, str(target), flags=MS_BIND)


def mount_scratch(limits: Limits) -> int:
    """Mount an empty memory file system at `SCRATCH`, for this process and what it forks; a descriptor of it."""
    options = (
        f"size={limits.scratch_mb * MEGABYTE},nr_inodes={limits.scratch_inodes},mode=700,uid={NOBODY},gid={NOBODY}"
    )
    mount("tmpfs", SCRATCH, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)
    try:
        return os.open(SCRATCH, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        unmount_scratch()
        raise


def unmount_scratch() -> None:
    """Take it away."""
    unmount(SCRATCH)


def own_mounts() -> None:
    """From now on, what this process mounts is seen by itself and its children only."""
    unshare(CLONE_NEWNS)


class NestedPids:
    """Forks children that are each process 1 of a process namespace of their own, without becoming one."""

    def __init__(self, proc: int) -> None:
        self._own = os.open("self/ns/pid", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)

    def fork(self) -> int:
        """Like `os.fork`."""
        unshare(CLONE_NEWPID)
        pid = os.fork()
        if pid:
            setns(self._own, CLONE_NEWPID)
        return pid
