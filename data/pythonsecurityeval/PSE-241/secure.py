import re
import sqlite3
from contextlib import closing
from pathlib import Path

PHRASE = re.compile(r"(?:(count)|(sum|min|max) +(\S+) +of) +(\S+)(?: +per +(\S+))?(?: +top +([0-9]+))?")
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (SELECT name FROM private_tables)"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def tally(path, phrase):
    match = PHRASE.fullmatch(phrase.strip())
    if not match:
        raise ValueError("no such phrase")
    count, function, column, table, group, top = match.groups()
    if top and not 1 <= int(top[:9]) <= 50:
        raise ValueError("top is for 1 to 50")
    with closing(sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        if table not in {name for (name,) in connection.execute(TABLES)}:
            raise ValueError(f"there is no table {table}")
        columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if not {column, group} - {None} <= columns:
            raise ValueError(f"{table} has no such column")
        number = "count(*)" if count else f"{function}({quoted(column)})"
        words = ["SELECT", number, "FROM", quoted(table)]
        if group:
            words[1] = f"{quoted(group)}, {number}"
            words.append(f"GROUP BY {quoted(group)} ORDER BY 2 DESC, 1")
        return connection.execute(" ".join([*words, "LIMIT ?"]), (int(top or -1),)).fetchall()
