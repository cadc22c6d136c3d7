import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo


# A dict is written as a flat JSON list of tokens, so that nesting may go as
# deep as it likes without any recursion:
#   null, true, 1, 1.5, "text"   the value itself
#   ["i", hex]                   an int with more than 64 bits
#   ["t", iso, fold, zone]       a datetime; zone is the key of a ZoneInfo or null
#   ["l", n]                     a list, its n items follow
#   ["d", n]                     a dict, n times key and value follow


def _token(value):
    kind = type(value)
    if value is None or kind in (bool, float, str):
        return value
    if kind is int:
        return value if -(2**63) <= value < 2**63 else ["i", hex(value)]
    if kind is datetime:
        zone = value.tzinfo
        if type(zone) is ZoneInfo and zone.key is not None:
            return ["t", value.replace(tzinfo=None).isoformat(), value.fold, zone.key]
        return ["t", value.isoformat(), value.fold, None]
    raise TypeError(f"cannot save a {kind.__name__}")


def _flat(mapping):
    for key, value in mapping.items():
        if type(key) is not str:
            raise TypeError("keys must be str")
        yield key
        yield value


def _encode(preferences: dict) -> str:
    tokens = []
    stack = [(None, iter([preferences]))]
    active = set()
    while stack:
        owner, items = stack[-1]
        for value in items:
            if type(value) in (list, dict):
                if id(value) in active:
                    raise ValueError("the preferences contain themselves")
                active.add(id(value))
                if type(value) is list:
                    tokens.append(["l", len(value)])
                    stack.append((id(value), iter(value)))
                else:
                    tokens.append(["d", len(value)])
                    stack.append((id(value), _flat(value)))
                break
            tokens.append(_token(value))
        else:
            active.discard(owner)
            stack.pop()
    return json.dumps(tokens, separators=(",", ":"))


def _scalar(token):
    if type(token) is not list:
        return token
    if token[0] == "i":
        return int(token[1], 16)
    if token[0] == "t":
        _, iso, fold, zone = token
        value = datetime.fromisoformat(iso).replace(fold=fold)
        return value if zone is None else value.replace(tzinfo=ZoneInfo(zone))
    raise ValueError("unknown token")


def _decode(text: str) -> dict:
    tokens = json.loads(text)
    if type(tokens) is not list:
        raise ValueError("not a list of tokens")
    tokens = iter(tokens)
    outer = []
    stack = [[outer, 1]]  # container and number of entries still to come
    while stack:
        container, left = stack[-1]
        if left == 0:
            stack.pop()
            continue
        stack[-1][1] = left - 1
        key = next(tokens) if type(container) is dict else None
        token = next(tokens)
        if type(token) is list and token[0] in ("l", "d"):
            kind, size = token
            if type(size) is not int or size < 0:
                raise ValueError("bad size")
            value = [] if kind == "l" else {}
            stack.append([value, size])
        else:
            value = _scalar(token)
        if type(container) is dict:
            container[key] = value
        else:
            container.append(value)
    preferences = outer[0]
    # exactly what save would write, and nothing behind it
    if type(preferences) is not dict or _encode(preferences) != text:
        raise ValueError("not written by save")
    return preferences


class PreferenceStore:
    def __init__(self, path: str):
        self._path = path
        with closing(self._connect()):
            pass

    def _connect(self) -> sqlite3.Connection:
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass
        os.chmod(self._path, 0o600)
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS preferences (user TEXT PRIMARY KEY, data TEXT)"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def save(self, user: str, preferences: dict) -> None:
        if type(preferences) is not dict:
            raise TypeError("preferences must be a dict")
        data = _encode(preferences)
        with closing(self._connect()) as connection, connection:
            connection.execute(
                "INSERT INTO preferences (user, data) VALUES (?, ?)"
                " ON CONFLICT (user) DO UPDATE SET data = excluded.data",
                (user, data),
            )

    def load(self, user: str) -> dict:
        with closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT typeof(data), CAST(data AS BLOB) FROM preferences WHERE user = ?",
                (user,),
            ).fetchone()
        if row is None:
            raise KeyError(user)
        kind, data = row
        if kind != "text":
            raise ValueError(f"unreadable preferences of {user!r}")
        try:
            return _decode(data.decode("utf-8"))
        except Exception as error:
            raise ValueError(f"unreadable preferences of {user!r}") from error

    def users(self) -> list[str]:
        with closing(self._connect()) as connection:
            rows = connection.execute(
                "SELECT user FROM preferences WHERE typeof(user) = 'text' ORDER BY user"
            )
            return [user for (user,) in rows]
