"""Leads database drivers whose C code opens sockets by itself to sockets of Python, which the seams reach."""

from __future__ import annotations

import contextlib
import importlib
import sys
from typing import Any

from pythonsecurityeval.testkit.inside import stand_ins

_MARKS = {"mysql.connector": ("mysql.connector", "mysql import", "sqlalchemy"), "psycopg2": ("psycopg2", "sqlalchemy")}
_installed: set[str] = set()


def install(source: str) -> None:
    """Lead those drivers that are loaded already, or that a solution may load.

    Not by what a test uses: a candidate would see which one it meets.

    Args:
        source: The solution's text. One that names no driver but loads it all the same finds no network in it.
    """
    stand_ins.install()
    for name, install_driver in (("mysql.connector", install_mysql), ("psycopg2", _install_postgres)):
        wanted = name in sys.modules or any(mark in source for mark in _MARKS[name])
        if wanted and name not in _installed:
            _installed.add(name)
            install_driver()


def install_mysql() -> None:
    """Make every connection of mysql.connector the one that is written in Python; PyMySQL has no other."""
    with contextlib.suppress(ImportError):
        package: Any = importlib.import_module("mysql.connector")
        pooling: Any = importlib.import_module("mysql.connector.pooling")
        package.CMySQLConnection = pooling.CMySQLConnection = pooling.MySQLConnection


def _install_postgres() -> None:
    from pythonsecurityeval.testkit.inside import psycopg

    psycopg.install()
