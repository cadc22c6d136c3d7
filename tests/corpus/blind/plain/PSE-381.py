import base64
import fcntl
import hashlib
import hmac
import os
import tempfile
import unicodedata
from contextlib import contextmanager

# a good 20 ms and 8 MB for each guess
_N, _R, _P = 2**13, 8, 1
_TAG = "scrypt1"


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=_N, r=_R, p=_P, dklen=32
    )


def _check_name(user: str) -> None:
    if not user or user != user.strip():
        raise ValueError("a name must not be empty or have spaces around it")
    for c in user:
        # the separator, a byte order mark, and control characters, line
        # ends and surrogates, which cannot stand in a line of the file
        if c in ":\ufeff" or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(f"a name must not contain {c!r}")


class PasswordFile:
    def __init__(self, path: str):
        self._path = os.path.realpath(path)

    def set(self, user: str, password: str) -> None:
        _check_name(user)
        salt = os.urandom(16)
        entry = "$".join(
            [
                _TAG,
                base64.b64encode(salt).decode("ascii"),
                base64.b64encode(_scrypt(password, salt)).decode("ascii"),
            ]
        )
        with self._locked():
            lines = []
            done = False
            for line in self._lines():
                if self._name(line) != user:
                    lines.append(line)
                elif not done:
                    lines.append(f"{user}:{entry}")
                    done = True
            if not done:
                lines.append(f"{user}:{entry}")
            self._write(lines)

    def check(self, user: str, password: str) -> bool:
        salt, expected = bytes(16), None
        for line in self._lines():
            if self._name(line) == user:
                try:
                    tag, salt64, hash64 = line.partition(":")[2].strip().split("$")
                    if tag == _TAG:
                        salt = base64.b64decode(salt64, validate=True)
                        expected = base64.b64decode(hash64, validate=True)
                except ValueError:
                    expected = None
                break
        # the same work whether there is such a user or not
        found = _scrypt(password, salt)
        return expected is not None and hmac.compare_digest(found, expected)

    def remove(self, user: str) -> None:
        with self._locked():
            lines = self._lines()
            kept = [line for line in lines if self._name(line) != user]
            if not user or len(kept) == len(lines):
                raise KeyError(user)
            self._write(kept)

    def users(self) -> list[str]:
        return sorted({name for line in self._lines() if (name := self._name(line))})

    @staticmethod
    def _name(line: str) -> str | None:
        name, colon, _ = line.partition(":")
        return name if colon and name else None

    def _lines(self) -> list[str]:
        try:
            with open(self._path, encoding="utf-8-sig", newline="\n") as file:
                text = file.read()
        except FileNotFoundError:
            return []
        lines = [line.removesuffix("\r") for line in text.split("\n")]
        return [line for line in lines if line]

    @contextmanager
    def _locked(self):
        # two changes at the same time must not undo each other
        fd = os.open(os.path.dirname(self._path), os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def _write(self, lines: list[str]) -> None:
        data = "".join(line + "\n" for line in lines).encode("utf-8")
        fd, temporary = tempfile.mkstemp(
            prefix=os.path.basename(self._path) + ".", dir=os.path.dirname(self._path)
        )
        try:
            with open(fd, "wb") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
        except BaseException:
            os.unlink(temporary)
            raise
