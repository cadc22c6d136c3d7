"""Database drivers that are made of others: modules by name, loaded when a solution imports them.

A real driver of that name, where one is installed, comes first: it finds no
network. Nothing is loaded that nobody asks for.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_HERE = "pythonsecurityeval.testkit.inside"
#: The module behind a name; of a package, what stands behind its parts.
_BEHIND: Mapping[str, str] = {
    "MySQLdb": f"{_HERE}.mysqldb",
    "MySQLdb._exceptions": "pymysql.err",
    "MySQLdb._mysql": f"{_HERE}.mysqldb",
    "MySQLdb.connections": "pymysql.connections",
    "MySQLdb.constants": "pymysql.constants",
    "MySQLdb.constants.CLIENT": "pymysql.constants.CLIENT",
    "MySQLdb.constants.CR": "pymysql.constants.CR",
    "MySQLdb.constants.ER": "pymysql.constants.ER",
    "MySQLdb.constants.FIELD_TYPE": "pymysql.constants.FIELD_TYPE",
    "MySQLdb.converters": "pymysql.converters",
    "MySQLdb.cursors": "pymysql.cursors",
    "pymssql": f"{_HERE}.pymssql",
    "pyodbc": f"{_HERE}.pyodbc",
}


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name in _BEHIND else None

    def exec_module(self, module: ModuleType) -> None:
        """The module behind takes the place of the one that was made."""
        sys.modules[module.__name__] = importlib.import_module(_BEHIND[module.__name__])


def install() -> None:
    """Let the names be found, once."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
