import errno
import gzip
import os
import re
import shutil
import tarfile
import zlib

_MAX_MEMBERS = 50_000
_MAX_OVERHEAD = 128 * 1024 * 1024  # headers and padding, unpacked
_MAX_HEADER = 1024 * 1024  # one extended header
_PIECE = 65536
# Errors that come from the names in the archive, not from our disk.
_BAD_NAME = {
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.EINVAL,
    errno.EILSEQ,
    errno.ENOTEMPTY,
}


class _Stream:
    """The unpacked archive as tarfile reads it, forward only and never too much."""

    def __init__(self, file, most: int):
        self._file = file
        self._most = most
        self._position = 0
        self.last = b""  # what was read last

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> None:
        # Sizes in a hostile archive may be negative and lead back for ever.
        if position < self._position or position > self._most:
            raise ValueError("the archive is damaged or too big")
        while self._position < position:
            data = self._file.read(min(_PIECE, position - self._position))
            if not data:
                # The reader finds out that there is nothing any more.
                self._position = position
                break
            self._position += len(data)

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _MAX_HEADER or self._position + size > self._most:
            raise ValueError("the archive is damaged or too big")
        self.last = self._file.read(size)
        self._position += len(self.last)
        # Endless digits make tarfile's regular expressions endlessly slow.
        if re.search(rb"[0-9]{300}", self.last):
            raise ValueError("the archive is damaged")
        return self.last

    def copy(self, size: int, fd: int) -> None:
        with open(fd, "wb", closefd=False) as target:
            while size:
                data = self._file.read(min(_PIECE, size))
                if not data:
                    raise ValueError("the archive is not complete")
                target.write(data)
                self._position += len(data)
                size -= len(data)

    def drain(self) -> None:
        """Read what follows the last member; gzip checks its sum at the end."""
        while data := self._file.read(_PIECE):
            self._position += len(data)
            if self._position > self._most:
                raise ValueError("the archive is too big")


def _theme_name(archive: str) -> str:
    match = re.fullmatch(
        r"(.+?)\.(?:tar\.gz|tgz|tar)", os.path.basename(archive), re.IGNORECASE | re.DOTALL
    )
    if not match or match[1] in (".", ".."):
        raise ValueError("not the name of a theme archive")
    return match[1]


def _parts(name: str) -> list[str]:
    """The steps of a member's name below the theme's folder."""
    if name.startswith("/") or "\0" in name:
        raise ValueError("a member lies outside of the theme")
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            if not parts:
                raise ValueError("a member lies outside of the theme")
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _make_folders(root: str, parts: list[str], known: set[tuple[str, ...]]) -> str:
    path = root
    for number, part in enumerate(parts, 1):
        path = os.path.join(path, part)
        step = tuple(parts[:number])
        if step not in known:
            os.mkdir(path)  # fails if a file of the archive is in the way
            os.chmod(path, 0o755)
            known.add(step)
    return path


def _unpack(stream: _Stream, root: str, max_bytes: int) -> list[str]:
    files: set[str] = set()
    folders: set[tuple[str, ...]] = set()
    total = count = 0
    with tarfile.open(
        fileobj=stream, mode="r:", encoding="utf-8", errors="surrogateescape"
    ) as tar:
        while (member := tar.next()) is not None:
            tar.members.clear()  # or they would pile up
            count += 1
            if count > _MAX_MEMBERS:
                raise ValueError("the archive has too many members")
            parts = _parts(member.name)
            if member.isdir():
                _make_folders(root, parts, folders)
                continue
            if not member.isreg() or member.issparse() or not parts or member.size < 0:
                raise ValueError("the archive holds more than files and folders")
            total += member.size
            if total > max_bytes:
                raise ValueError("the theme is too big")
            path = os.path.join(_make_folders(root, parts[:-1], folders), parts[-1])
            name = "/".join(parts)
            if name in files:
                os.unlink(path)  # as with tar, the last one of a name counts
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            fd = os.open(path, flags, 0o600)
            try:
                stream.seek(member.offset_data)
                stream.copy(member.size, fd)
                os.fchmod(fd, 0o644)
            finally:
                os.close(fd)
            files.add(name)
        # tarfile takes a broken header for the end; a real end is empty.
        if stream.last.strip(b"\0"):
            raise ValueError("the archive is damaged")
    stream.drain()
    return sorted(files)


def unpack_theme(archive: str, themes: str, max_bytes: int) -> list[str]:
    """Unpack a theme into a folder of its own and return its files."""
    name = _theme_name(archive)
    with open(archive, "rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file = gzip.GzipFile(fileobj=raw, mode="rb") if packed else raw
        stream = _Stream(file, max(max_bytes, 0) + _MAX_OVERHEAD)
        root = os.path.join(themes, name)
        os.mkdir(root)  # FileExistsError for anything there, dangling links too
        try:
            os.chmod(root, 0o755)
            return _unpack(stream, root, max_bytes)
        except BaseException as error:
            shutil.rmtree(root, ignore_errors=True)
            if isinstance(error, (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)):
                raise ValueError(f"not a readable archive: {error}") from error
            if isinstance(error, (OverflowError, IndexError, KeyError, RecursionError)):
                raise ValueError(f"not a readable archive: {error}") from error
            if isinstance(error, OSError) and error.errno in _BAD_NAME:
                raise ValueError(f"the archive has an unusable name: {error}") from error
            raise
