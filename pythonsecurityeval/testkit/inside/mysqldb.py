"""`MySQLdb` (mysqlclient) by PyMySQL, which was made to stand in for it.

Different from ``pymysql.install_as_MySQLdb``: `connect` takes positional
arguments and, as mysqlclient does unless it is told otherwise, asks the server
to take several statements in one request.
"""

from __future__ import annotations

from typing import Any

import pymysql  # type: ignore[import-untyped]  # it has no types
from pymysql import constants, converters, cursors
from pymysql import err as _exceptions
from pymysql.connections import Connection  # type: ignore[import-untyped]  # it has no types
from pymysql.constants import CLIENT  # type: ignore[import-untyped]  # it has no types
from pymysql.converters import escape_string  # type: ignore[import-untyped]  # it has no types

_POSITIONS = ("host", "user", "password", "database", "port")
_NOT_HERE = frozenset({"multi_statements", "ssl_mode", "auth_plugin", "charset_collation"})

__path__: list[str] = []  # its parts are found by name, see `stand_ins`
__version__ = "2.2.7"
version_info = (2, 2, 7, "final", 0)
apilevel = pymysql.apilevel
threadsafety = pymysql.threadsafety
paramstyle = pymysql.paramstyle
Warning = pymysql.Warning  # noqa: A001  the library's name
Error = pymysql.Error
InterfaceError = pymysql.InterfaceError
DatabaseError = pymysql.DatabaseError
DataError = pymysql.DataError
OperationalError = pymysql.OperationalError
IntegrityError = pymysql.IntegrityError
InternalError = pymysql.InternalError
ProgrammingError = pymysql.ProgrammingError
NotSupportedError = pymysql.NotSupportedError
MySQLError = pymysql.MySQLError
Binary = pymysql.Binary
Date, Time, Timestamp = pymysql.Date, pymysql.Time, pymysql.Timestamp
DateFromTicks, TimeFromTicks, TimestampFromTicks = (
    pymysql.DateFromTicks,
    pymysql.TimeFromTicks,
    pymysql.TimestampFromTicks,
)
STRING, BINARY, NUMBER, ROWID = pymysql.STRING, pymysql.BINARY, pymysql.NUMBER, pymysql.ROWID
DATE, TIME, TIMESTAMP, DATETIME = pymysql.DATE, pymysql.TIME, pymysql.TIMESTAMP, pymysql.DATETIME
NULL = "NULL"


def connect(*args: Any, **options: Any) -> Any:
    """A connection; see the module."""
    options |= dict(zip(_POSITIONS, args, strict=False))
    several = CLIENT.MULTI_STATEMENTS if options.get("multi_statements", True) else 0
    kept = {name: value for name, value in options.items() if name not in _NOT_HERE}
    return pymysql.connect(**kept | {"client_flag": kept.get("client_flag", 0) | several})


Connect = connect


def get_client_info() -> str:
    """The version of the client's library."""
    return "8.0.36"


__all__ = ["Connection", "_exceptions", "connect", "constants", "converters", "cursors", "escape_string"]
