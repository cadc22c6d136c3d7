"""A small store of user preferences in one SQLite file.

The text of a row is a list of lines, one token each, in the order in which one
would read the dict aloud:

    {  }        begin and end of a dict      k<text>  a key, its value follows
    [  ]        begin and end of a list
    n  t  f     None, True, False            i<hex>   an int
    r<repr>     a float                      s<text>  a str
    d<wall clock time> <fold> <zone>         a datetime; <zone> is "-" (naive),
                                             "u<microseconds>" (UTC offset) or
                                             "z<name>" (an IANA time zone)

Nothing in it is executed or instantiated by name, writing and reading work
without recursion, and what was read counts only if writing it again gives
exactly the same text.
"""

import os
import re
import sqlite3
import stat
import threading
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

__all__ = ["PreferenceStore"]

_UNSAFE = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\([0-9a-f]{6})")
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_MICROSECOND = timedelta(microseconds=1)


def _escape(text: str) -> str:
    return _UNSAFE.sub(lambda match: "\\%06x" % ord(match.group()), text)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


def _zone(name: str) -> ZoneInfo:
    if len(name) > 100 or not _ZONE_NAME.fullmatch(name):
        raise ValueError("not the name of a time zone")
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError("unknown time zone") from error


def _zone_token(value: datetime) -> str:
    offset = value.utcoffset()
    if offset is None:
        return "-"
    zone = value.tzinfo
    if type(zone) is ZoneInfo and zone.key is not None:
        try:
            same = value.replace(tzinfo=_zone(zone.key)).utcoffset() == offset
        except ValueError:
            same = False
        if same:
            return "z" + zone.key
    return "u%d" % (offset // _MICROSECOND)


def _write_atom(value) -> str:
    kind = type(value)
    if value is None:
        return "n"
    if kind is bool:
        return "t" if value else "f"
    if kind is int:
        return f"i{value:x}"  # hexadecimal: no limit on the number of digits
    if kind is float:
        return "r" + repr(value)
    if kind is str:
        return "s" + _escape(value)
    if kind is datetime:
        wall = value.replace(tzinfo=None).isoformat()
        return f"d{wall} {value.fold} {_zone_token(value)}"
    raise TypeError(f"preferences cannot hold a {kind.__name__}")


def _read_datetime(text: str) -> datetime:
    wall, fold, zone = text.split(" ")
    if fold not in ("0", "1"):
        raise ValueError("bad fold")
    if zone == "-":
        tzinfo = None
    elif zone[:1] == "u":
        offset = timedelta(microseconds=int(zone[1:]))
        tzinfo = timezone(offset) if offset else timezone.utc
    elif zone[:1] == "z":
        tzinfo = _zone(zone[1:])
    else:
        raise ValueError("bad time zone")
    return datetime.fromisoformat(wall).replace(fold=int(fold), tzinfo=tzinfo)


def _read_atom(token: str):
    if token == "n":
        return None
    if token == "t":
        return True
    if token == "f":
        return False
    kind, rest = token[:1], token[1:]
    if kind == "i":
        return int(rest, 16)
    if kind == "r":
        return float(rest)
    if kind == "s":
        return _unescape(rest)
    if kind == "d":
        return _read_datetime(rest)
    raise ValueError("unknown kind of value")


def _dumps(preferences: dict) -> str:
    if type(preferences) is not dict:
        raise TypeError("preferences must be a dict")
    tokens = ["{"]
    stack = [(iter(preferences.items()), id(preferences), "}")]
    active = {id(preferences)}  # the containers that we are inside of
    end = object()
    while stack:
        entries, ident, closing_token = stack[-1]
        value = next(entries, end)
        if value is end:
            tokens.append(closing_token)
            active.discard(ident)
            stack.pop()
            continue
        if closing_token == "}":
            key, value = value
            if type(key) is not str:
                raise TypeError("keys must be str")
            tokens.append("k" + _escape(key))
        kind = type(value)
        if kind is dict or kind is list:
            if id(value) in active:
                raise ValueError("preferences contain themselves")
            active.add(id(value))
            if kind is dict:
                tokens.append("{")
                stack.append((iter(value.items()), id(value), "}"))
            else:
                tokens.append("[")
                stack.append((iter(value), id(value), "]"))
        else:
            tokens.append(_write_atom(value))
    return "\n".join(tokens)


def _parse(text: str) -> dict:
    tokens = text.split("\n")
    if tokens[0] != "{":
        raise ValueError("not a dict")
    result: dict = {}
    stack: list = [result]
    key = None  # the key that waits for its value
    for token in tokens[1:]:
        if not stack:
            raise ValueError("text goes on after the end")
        top = stack[-1]
        if type(top) is dict:
            if key is None:
                if token == "}":
                    stack.pop()
                elif token[:1] == "k":
                    key = _unescape(token[1:])
                else:
                    raise ValueError("key expected")
                continue
        elif token == "]":
            stack.pop()
            continue
        if token == "{":
            value: object = {}
        elif token == "[":
            value = []
        else:
            value = _read_atom(token)
        if type(top) is dict:
            top[key] = value
            key = None
        else:
            top.append(value)
        if type(value) is dict or type(value) is list:
            stack.append(value)
    if stack:
        raise ValueError("text ends too early")
    return result


def _loads(text: str) -> dict:
    try:
        result = _parse(text)
        genuine = _dumps(result) == text
    except (ValueError, OverflowError, TypeError) as error:
        raise ValueError("stored preferences are damaged") from error
    if not genuine:
        raise ValueError("stored preferences are damaged")
    return result


# Closing any descriptor of a file drops the locks that SQLite holds on it in
# the same process; therefore a file is opened by us only to create it, and
# nobody else of this process connects to it meanwhile.
_creating = threading.Lock()


class PreferenceStore:
    """Remembers a dict of settings per user in the SQLite file at ``path``."""

    def __init__(self, path: str) -> None:
        self._path = os.path.abspath(os.fspath(path))
        with closing(self._connect()):
            pass

    def _private_file(self) -> str:
        """Makes sure that the file is there and ours alone; returns its path."""
        path = self._path
        with _creating:
            try:
                if stat.S_ISLNK(os.lstat(path).st_mode):
                    if os.lstat(path).st_uid != os.geteuid():
                        raise PermissionError(f"{path} is somebody else's link")
                    path = os.path.realpath(path)
            except FileNotFoundError:
                pass
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            try:
                descriptor = os.open(path, flags, 0o600)
            except FileExistsError:
                info = os.lstat(path)
                if not stat.S_ISREG(info.st_mode):
                    raise PermissionError(f"{path} is not a regular file") from None
                if info.st_uid != os.geteuid():
                    raise PermissionError(f"{path} belongs to somebody else") from None
                if stat.S_IMODE(info.st_mode) != 0o600:
                    os.chmod(path, 0o600)
            else:
                try:
                    os.fchmod(descriptor, 0o600)  # whatever the umask is
                finally:
                    os.close(descriptor)
                self._sync_directory(os.path.dirname(path))
        return path

    @staticmethod
    def _sync_directory(directory: str) -> None:
        with suppress(PermissionError):  # we may enter it but not list it
            descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._private_file(), timeout=30, isolation_level=None
        )
        try:
            connection.text_factory = bytes  # rows may hold any rubbish
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS preferences"
                " (user TEXT PRIMARY KEY, data TEXT)"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def save(self, user: str, preferences: dict) -> None:
        if not isinstance(user, str):
            raise TypeError("user must be a str")
        user.encode("utf-8")  # UnicodeEncodeError is a ValueError
        data = _dumps(preferences)
        with closing(self._connect()) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO preferences (user, data) VALUES (?, ?)",
                (user, data),
            )

    def load(self, user: str) -> dict:
        if not isinstance(user, str):
            raise TypeError("user must be a str")
        try:
            user.encode("utf-8")
        except UnicodeEncodeError:
            raise KeyError(user) from None  # cannot be in the table
        with closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT typeof(data), data FROM preferences WHERE user = ?", (user,)
            ).fetchone()
        if row is None:
            raise KeyError(user)
        kind, data = row
        if kind != b"text":
            raise ValueError("stored preferences are damaged")
        return _loads(data.decode("utf-8"))  # UnicodeDecodeError is a ValueError

    def users(self) -> list[str]:
        with closing(self._connect()) as connection:
            rows = connection.execute(
                "SELECT user FROM preferences WHERE typeof(user) = 'text'"
            ).fetchall()
        names = []
        for (name,) in rows:
            try:
                names.append(name.decode("utf-8"))
            except UnicodeDecodeError:
                pass  # not a name that anybody could save or load
        return sorted(names)
