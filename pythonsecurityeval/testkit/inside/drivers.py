"""Makes database drivers whose C code opens sockets by itself take their Python path, which the seams reach."""

from __future__ import annotations

import contextlib


def install_mysql() -> None:
    """Make every connection of mysql.connector the one that is written in Python; PyMySQL has no other."""
    with contextlib.suppress(ImportError):
        import mysql.connector
        from mysql.connector import pooling

        pooling.CMySQLConnection = pooling.MySQLConnection
        mysql.connector.CMySQLConnection = pooling.MySQLConnection
