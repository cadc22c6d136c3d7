"""Functions of MySQL and PostgreSQL that SQLite lacks."""

from __future__ import annotations

import base64
import datetime
import hashlib
import random
import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.patterns import Pattern, pattern
from pythonsecurityeval.testkit.judge.doubles.sql import catalogue
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour

_MOST_TEXT = 1 << 20


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


def _hashing(name: str) -> Callable[[Any], str | None]:
    def digest(value: Any) -> str | None:
        return None if value is None else hashlib.new(name, _bytes(value), usedforsecurity=False).hexdigest()

    return digest


def _sha2(value: Any, bits: Any) -> str | None:
    name = {0: "sha256", 224: "sha224", 256: "sha256", 384: "sha384", 512: "sha512"}.get(bits)
    return None if value is None or name is None else hashlib.new(name, _bytes(value)).hexdigest()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")


def _bytea(value: bytes | str | None) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    text = str(value)
    return bytes.fromhex(text[2:]) if text.startswith("\\x") else text.encode("utf-8", "surrogateescape")


def _plain_type(name: Any) -> str:
    text = str(name).lower()
    if text.startswith("decimal"):
        return "decimal"
    return {"integer": "int", "json_text": "json", "uuid_text": "uuid", "real": "double"}.get(text, text)


def _joined(separator: str, values: tuple[Any, ...]) -> str:
    """Texts joined, none longer than any honest one."""
    text = ""
    for number, value in enumerate(v for v in values if v is not None):
        text += (separator if number else "") + str(value)
        if len(text) > _MOST_TEXT:
            raise ValueError("too long")
    return text


def _concat_ws(separator: Any, *values: Any) -> str | None:
    return None if separator is None else _joined(str(separator), values)


def _find_in_set(item: Any, items: Any) -> int:
    listed = str(items).split(",")
    return listed.index(str(item)) + 1 if str(item) in listed else 0


def _pad(text: Any, length: Any, filler: Any, *, left: bool) -> str | None:
    if text is None or not isinstance(length, int) or not 0 <= length <= _MOST_TEXT:
        return None
    whole, unit = str(text), str(filler) or " "
    missing = max(0, length - len(whole))
    padding = (unit * (missing // len(unit) + 1))[:missing]
    return (padding + whole if left else whole + padding)[:length]


def _substring_index(text: Any, separator: Any, count: Any) -> str | None:
    if text is None or not separator or not isinstance(count, int):
        return None
    parts = str(text).split(str(separator))
    return str(separator).join(parts[:count] if count >= 0 else parts[count:])


def _split_part(text: Any, separator: Any, number: Any) -> str:
    parts = str(text).split(str(separator)) if separator else [str(text)]
    return parts[number - 1] if isinstance(number, int) and 0 < number <= len(parts) else ""


def _seconds(text: Any) -> float:
    moment = datetime.datetime.fromisoformat(str(text))
    return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).timestamp()


def _unix_timestamp(*moment: Any) -> int | None:
    if not moment:
        return int(datetime.datetime.now(datetime.UTC).timestamp())
    return None if moment[0] is None else int(_seconds(moment[0]))


def _time_between(begin: Any, end: Any, unit: Any) -> int | None:
    """Whole units; months and years count as 30 and 365 days."""
    sizes = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604800, "MONTH": 2592000, "YEAR": 31536000}
    if begin is None or end is None:
        return None
    return int((_seconds(end) - _seconds(begin)) / sizes.get(str(unit).upper(), 1))


def _unhex(text: Any) -> bytes | None:
    try:
        return None if text is None else bytes.fromhex(str(text))
    except ValueError:
        return None


_TSQL: dict[str, tuple[int, Callable[..., Any]]] = {
    "newid": (0, lambda: str(uuid.uuid4()).upper()),
    "object_id": (-1, lambda *_: None),
    "schema_name": (-1, lambda *_: "dbo"),
    "serverproperty": (1, lambda _: "16.0.1000.6"),
    "isnumeric": (1, lambda v: int(str(v).replace(".", "", 1).lstrip("+-").isdigit())),
    "replicate": (2, lambda t, n: str(t) * min(max(n, 0), _MOST_TEXT // max(1, len(str(t))))),
}


def _install_patterns(connection: sqlite3.Connection, effort: Budget) -> None:
    def compiled(text: Any, regex: Any, flags: str) -> Pattern:
        found = pattern(str(regex), flags.replace("g", ""))
        effort.spend(found.cost(str(text)))
        return found

    def fits(text: Any, regex: Any, flags: Any) -> int | None:
        if text is None or regex is None:
            return None
        return int(compiled(text, regex, str(flags or "")).found_in(str(text)))

    def put(text: Any, regex: Any, by: Any, flags: Any) -> str | None:
        if text is None or regex is None or by is None:
            return None
        letters = str(flags or "")
        return compiled(text, regex, letters).replaced(str(text), str(by), every="g" in letters)

    connection.create_function("fits_pattern", 3, fits)
    connection.create_function("put_for_pattern", 4, put)


_COMMON: dict[str, tuple[int, Callable[..., Any]]] = {
    "now": (0, _now),
    "md5": (1, _hashing("md5")),
    "plain_type": (1, _plain_type),
    "concat": (-1, lambda *values: _joined("", values)),
    "concat_ws": (-1, _concat_ws),
    "lpad": (3, lambda t, n, f: _pad(t, n, f, left=True)),
    "rpad": (3, lambda t, n, f: _pad(t, n, f, left=False)),
    "reverse": (1, lambda t: None if t is None else str(t)[::-1]),
    "repeat": (2, lambda t, n: str(t) * min(max(n, 0), _MOST_TEXT // max(1, len(str(t))))),
    "ascii": (1, lambda t: ord(str(t)[0]) if t else 0),
    "uuid": (0, lambda: str(uuid.uuid4())),
}
_MYSQL: dict[str, tuple[int, Callable[..., Any]]] = {
    "sha": (1, _hashing("sha1")),
    "sha1": (1, _hashing("sha1")),
    "sha2": (2, _sha2),
    "rand": (-1, lambda *_: random.random()),  # noqa: S311  MySQL's own is no better
    "unix_timestamp": (-1, _unix_timestamp),
    "substring_index": (3, _substring_index),
    "time_between": (3, _time_between),
    "to_base64": (1, lambda t: None if t is None else base64.b64encode(_bytes(t)).decode()),
    "utc_timestamp": (0, _now),
    "find_in_set": (2, _find_in_set),
    "field": (-1, lambda item, *items: items.index(item) + 1 if item in items else 0),
    "unhex": (1, _unhex),
    "ord": (1, lambda t: ord(str(t)[0]) if t else 0),
    "connection_id": (0, lambda: 8),
    "version": (0, lambda: catalogue.MYSQL_VERSION),
    "load_file": (1, lambda _: None),
    "benchmark": (2, lambda *_: 0),
    "row_count": (0, lambda: -1),
    "found_rows": (0, lambda: 0),
}
_POSTGRES: dict[str, tuple[int, Callable[..., Any]]] = {
    "bytea": (1, _bytea),
    "split_part": (3, _split_part),
    "initcap": (1, lambda t: None if t is None else str(t).title()),
    "gen_random_uuid": (0, lambda: str(uuid.uuid4())),
    "version": (0, lambda: catalogue.POSTGRES_BANNER),
    "pg_backend_pid": (0, lambda: 8),
    "starts_with": (2, lambda t, p: None if t is None or p is None else str(t).startswith(str(p))),
    "pg_table_is_visible": (1, lambda _: 1),
    "inet_server_port": (0, lambda: 5432),
    "clock_timestamp": (0, _now),
    "current_setting": (-1, lambda name, *_: catalogue.POSTGRES_SETTINGS.get(str(name).lower())),
    "set_config": (3, lambda _, value, __: value),
}


def install(
    connection: sqlite3.Connection,
    flavour: Flavour,
    database: str,
    asking: Callable[[], tuple[str, int]],
    slept: Callable[[float], None],
    effort: Budget,
) -> None:
    """Give a connection the functions of a server.

    Args:
        connection: Where to.
        flavour: Which server.
        database: The database's name.
        asking: User and last inserted number of the session that asks.
        slept: Is told of every sleep; nobody waits.
        effort: What all regular expressions of a test may cost.
    """
    own = {"mysql": _MYSQL, "postgres": _POSTGRES, "tsql": _TSQL}[flavour]

    _install_patterns(connection, effort)

    def sleep(seconds: Any) -> int:
        slept(float(seconds or 0))
        return 0

    for name, (arguments, function) in (_COMMON | own).items():
        connection.create_function(name, arguments, function)
    connection.create_function("sleep" if flavour == "mysql" else "pg_sleep", 1, sleep)
    for name in ("user", "session_user", "system_user", "current_user"):
        connection.create_function(name, 0, lambda: f"{asking()[0]}@%" if flavour == "mysql" else asking()[0])
    for name in ("last_insert_id", "lastval", "scope_identity"):
        connection.create_function(name, 0, lambda: asking()[1])
    connection.create_function("currval", 1, lambda _: asking()[1])
    for name in ("database", "schema", "current_database", "db_name"):
        connection.create_function(name, 0, lambda: database)
