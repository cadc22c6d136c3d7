"""Makes database drivers whose C code opens sockets by itself take their Python path, which the seams reach."""

from __future__ import annotations

import contextlib
import importlib
from typing import Any


def install_mysql() -> None:
    """Make every connection of mysql.connector the one that is written in Python; PyMySQL has no other."""
    with contextlib.suppress(ImportError):
        package: Any = importlib.import_module("mysql.connector")
        pooling: Any = importlib.import_module("mysql.connector.pooling")
        package.CMySQLConnection = pooling.CMySQLConnection = pooling.MySQLConnection
