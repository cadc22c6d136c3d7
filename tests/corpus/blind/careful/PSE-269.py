import contextlib
import errno
import os
import stat
import time
import zipfile
from collections import Counter
from collections.abc import Iterator

_PIECE = 65536
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# What it looks like if something has been exchanged or removed meanwhile.
_GONE = {errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.ENXIO}
_MAX_OPEN = 64
_LONGEST_NAME = 65535  # bytes, in a zip file
_EARLIEST, _LATEST = 315619200, 4354732800  # what a zip file can express


class _Ladder:
    """Opens folders below a root step by step, never through a link.

    The last few folders on the way stay open; not all of them, for a tenant may
    nest them as deep as he likes.
    """

    def __init__(self, root: int):
        self._rungs = [(0, os.dup(root))]  # depth and open folder, root first

    def open(self, parts: tuple[str, ...]) -> int | None:
        """Open a folder whose parent lies on the way to the one opened before."""
        while self._rungs[-1][0] >= max(len(parts), 1):
            os.close(self._rungs.pop()[1])
        depth, fd = self._rungs[-1]
        for part in parts[depth:]:
            try:
                fd = os.open(part, _FOLDER, dir_fd=fd)
            except OSError as error:
                if error.errno in _GONE:
                    return None
                raise
            depth += 1
            self._rungs.append((depth, fd))
            if len(self._rungs) > _MAX_OPEN:
                os.close(self._rungs.pop(1)[1])
        return fd

    def close(self) -> None:
        for _, fd in self._rungs:
            os.close(fd)


def _walk(
    root: int, hidden: bool
) -> Iterator[tuple[tuple[str, ...], int, list[tuple[str, os.stat_result]], bool]]:
    """All folders: where, open, its ordinary files, and if there are folders in it."""
    ladder = _Ladder(root)
    try:
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            parts = waiting.pop()
            if sum(map(len, parts)) + len(parts) > _LONGEST_NAME:
                raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
            fd = ladder.open(parts)
            if fd is None:
                continue
            files, folders = [], []
            for name in sorted(os.listdir(fd)):
                if name.startswith(".") and not hidden:
                    continue
                try:
                    info = os.stat(name, dir_fd=fd, follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISDIR(info.st_mode):
                    folders.append(parts + (name,))
                elif stat.S_ISREG(info.st_mode):
                    files.append((name, info))
            waiting.extend(reversed(folders))
            yield parts, fd, files, bool(folders)
    finally:
        ladder.close()


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _text(name: str) -> str:
    """A file name as text, even if its bytes are not UTF-8."""
    data = os.fsencode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _entry(parts: tuple[str, ...], ending: str, info: os.stat_result) -> zipfile.ZipInfo:
    name = "/".join(map(_text, parts)) + ending
    if len(name.encode("utf-8")) > _LONGEST_NAME:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    moment = min(max(int(info.st_mtime), _EARLIEST), _LATEST)
    entry = zipfile.ZipInfo(name, time.localtime(moment)[:6])
    kind = stat.S_IFDIR if ending else stat.S_IFREG
    entry.external_attr = (kind | stat.S_IMODE(info.st_mode) & 0o777) << 16
    if ending:
        entry.external_attr |= 0x10
    else:
        entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add_file(archive: zipfile.ZipFile, source: int, entry: zipfile.ZipInfo, size: int) -> None:
    entry.file_size = size
    with archive.open(entry, "w") as target:
        # Not a byte more than the file had, or one that grows would never end.
        while size and (data := os.read(source, min(_PIECE, size))):
            target.write(data)
            size -= len(data)


def _fill(archive: zipfile.ZipFile, root: int, own: os.stat_result) -> int:
    # A second name of a file is a link, too: a file that has names outside of
    # the folder is not the tenant's for certain.
    names: Counter = Counter()
    for _, _, files, _ in _walk(root, hidden=True):
        names.update(_identity(info) for _, info in files if info.st_nlink > 1)

    count = 0
    for parts, folder, files, has_folders in _walk(root, hidden=False):
        added = 0
        for name, _ in files:
            try:
                source = os.open(name, _FILE, dir_fd=folder)
            except OSError as error:
                if error.errno in _GONE:
                    continue
                raise
            try:
                info = os.fstat(source)
                if not stat.S_ISREG(info.st_mode) or _identity(info) == _identity(own):
                    continue
                if info.st_nlink > 1 and names[_identity(info)] != info.st_nlink:
                    continue
                _add_file(archive, source, _entry(parts + (name,), "", info), info.st_size)
                added += 1
            finally:
                os.close(source)
        count += added
        if not added and parts and not has_folders:
            archive.writestr(_entry(parts, "/", os.fstat(folder)), b"")
    return count


def zip_folder(folder: str, target: str) -> int:
    """Make the zip file `target` of what lies in `folder`."""
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder) from None
    try:
        # Private, since the files in it may be.
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        fd = os.open(target, flags, 0o600)
        own = os.fstat(fd)
        try:
            with open(fd, "w+b") as file, zipfile.ZipFile(file, "w") as archive:
                return _fill(archive, root, own)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                if _identity(os.lstat(target)) == _identity(own):
                    os.unlink(target)
            raise
    finally:
        os.close(root)
