"""The wiki's accounts in one text file, a line per user."""

import base64
import binascii
import fcntl
import hashlib
import hmac
import os
import stat
import tempfile
import unicodedata
from contextlib import contextmanager, suppress

__all__ = ["PasswordFile"]

# scrypt: 8 MiB and some 20 ms on a small machine
_LOG_N, _R, _P = 13, 8, 1
_SALT_BYTES, _HASH_BYTES = 16, 32
_PREFIX = f"scrypt${_LOG_N}${_R}${_P}$".encode("ascii")
_BOM = "\ufeff"


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=2**_LOG_N,
        r=_R,
        p=_P,
        maxmem=2**25,
        dklen=_HASH_BYTES,
    )


def _hashed(password: str) -> bytes:
    salt = os.urandom(_SALT_BYTES)
    return _PREFIX + base64.b64encode(salt) + b"$" + base64.b64encode(_scrypt(password, salt))


def _matches(password: str, stored: bytes | None) -> bool:
    """Whether ``stored`` was made of ``password``; works as hard for None."""
    salt = expected = None
    if stored is not None and stored.startswith(_PREFIX):
        try:
            salt, expected = (
                base64.b64decode(part, validate=True)
                for part in stored[len(_PREFIX) :].split(b"$")
            )
        except (binascii.Error, ValueError):
            expected = None
    if expected is None or len(expected) != _HASH_BYTES:
        salt, expected = os.urandom(_SALT_BYTES), None
    actual = _scrypt(password, salt)
    return expected is not None and hmac.compare_digest(actual, expected)


def _encoded(user: str) -> bytes:
    """The name as it stands in the file; ``ValueError`` if it does not fit."""
    if not isinstance(user, str):
        raise TypeError("user must be a str")
    if not user:
        raise ValueError("the name is empty")
    if user != user.strip():
        raise ValueError("the name begins or ends with a space")
    for character in user:
        # controls, line and paragraph separators, lone surrogates
        if character in (":", _BOM) or unicodedata.category(character) in (
            "Cc",
            "Zl",
            "Zp",
            "Cs",
        ):
            raise ValueError("the name contains a character that does not fit")
    return user.encode("utf-8")


def _lines(data: bytes) -> list[bytes]:
    bom = _BOM.encode("utf-8")
    if data.startswith(bom):  # some editors leave it there
        data = data[len(bom) :]
    return [line.removesuffix(b"\r") for line in data.split(b"\n")]


def _entry(line: bytes) -> tuple[bytes, bytes] | None:
    name, colon, rest = line.partition(b":")
    return (name, rest.strip()) if colon and name else None


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _make_private(descriptor: int) -> None:
    """Takes away what an editor or the umask may have granted to others."""
    info = os.fstat(descriptor)
    if info.st_uid == os.geteuid() and stat.S_IMODE(info.st_mode) != 0o600:
        with suppress(OSError):
            os.fchmod(descriptor, 0o600)


class PasswordFile:
    """Users and their passwords in the file at ``path``."""

    def __init__(self, path: str) -> None:
        self._path = os.path.abspath(os.fspath(path))

    # -- reading -----------------------------------------------------------

    def _read(self) -> list[bytes]:
        # The file is only ever replaced as a whole: no lock is needed.
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return []
        try:
            _make_private(descriptor)
            return _lines(_read_all(descriptor))
        finally:
            os.close(descriptor)

    def users(self) -> list[str]:
        names = set()
        for line in self._read():
            entry = _entry(line)
            if entry is not None:
                with suppress(UnicodeDecodeError):  # an editor's slip
                    names.add(entry[0].decode("utf-8"))
        return sorted(names)

    def check(self, user: str, password: str) -> bool:
        try:
            name = _encoded(user)
        except ValueError:
            name = None  # nobody can be called that
        stored = None
        for line in self._read():
            entry = _entry(line)
            if entry is not None and entry[0] == name and stored is None:
                stored = entry[1]
        return _matches(password, stored)

    # -- writing -----------------------------------------------------------

    @contextmanager
    def _locked(self, path: str):
        """Yields the locked file's descriptor, or None if there is no file."""
        while True:
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                yield None
                return
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                try:
                    current = os.stat(path)
                except FileNotFoundError:
                    continue
                if os.path.samestat(os.fstat(descriptor), current):
                    yield descriptor
                    return
                # replaced while we were waiting: lock the new one
            finally:
                os.close(descriptor)

    @staticmethod
    def _write(path: str, lines: list[bytes], new: bool) -> bool:
        """Puts a whole new file in place; False if ``new`` but there is one."""
        directory, base = os.path.split(path)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{base[:50]}.", dir=directory)
        try:
            with os.fdopen(descriptor, "wb") as file:
                os.fchmod(file.fileno(), 0o600)  # under any umask
                file.write(b"".join(line + b"\n" for line in lines))
                file.flush()
                os.fsync(file.fileno())
            if new:
                try:
                    os.link(temporary, path)
                except FileExistsError:
                    return False
            else:
                os.replace(temporary, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
        with suppress(OSError):  # the change has been made already
            descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return True

    def _update(self, name: bytes, line: bytes | None) -> bool:
        """Sets the line of ``name``, or removes it; False if there was none."""
        path = os.path.realpath(self._path)  # a link stays a link
        while True:
            with self._locked(path) as descriptor:
                old = [] if descriptor is None else _lines(_read_all(descriptor))
                lines = []
                found = False
                for candidate in old:
                    entry = _entry(candidate)
                    if entry is not None and entry[0] == name:
                        if line is not None and not found:
                            lines.append(line)
                        found = True
                    elif candidate:
                        lines.append(candidate)
                if not found:
                    if line is None:
                        return False
                    lines.append(line)
                if self._write(path, lines, new=descriptor is None):
                    return found

    def set(self, user: str, password: str) -> None:
        name = _encoded(user)
        self._update(name, name + b":" + _hashed(password))

    def remove(self, user: str) -> None:
        try:
            name = _encoded(user)
        except ValueError:
            raise KeyError(user) from None
        if not self._update(name, None):
            raise KeyError(user)
