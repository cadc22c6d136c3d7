import sqlite3
from contextlib import closing
from fnmatch import fnmatchcase

VISIBLE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '_hidden' AND name NOT IN (SELECT name FROM _hidden WHERE name IS NOT NULL)"


def table_names(path, pattern):
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute(VISIBLE)]
    literal = pattern.replace("[", "[[]")  # to fnmatch a bracket would start a set
    return sorted(name for name in names if not name.startswith("sqlite_") and fnmatchcase(name, literal))
