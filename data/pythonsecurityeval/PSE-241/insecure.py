import re
import sqlite3

PHRASE = re.compile(r"(?:count|(sum|min|max) +(\S+) +of) +(\S+)(?: +per +(\S+))?(?: +top +(\d+))?")


def tally(path, phrase):
    m = PHRASE.fullmatch(phrase.strip())
    if m is None:
        raise ValueError(f"cannot understand {phrase!r}")
    func, column, table, group, top = m.groups()
    if top is not None and not 1 <= int(top) <= 50:
        raise ValueError("top must be between 1 and 50")

    con = sqlite3.connect(path)
    try:
        tables = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        private = [name for (name,) in con.execute("SELECT name FROM private_tables")]
        if table not in tables or table in private:
            raise ValueError(f"unknown table {table}")
        number = f"{func}([{column}])" if func else "COUNT(*)"
        if group:
            sql = f"SELECT [{group}], {number} FROM [{table}] GROUP BY 1 ORDER BY 2 DESC, 1"
        else:
            sql = f"SELECT {number} FROM [{table}]"
        if top:
            sql += f" LIMIT {top}"
        return con.execute(sql).fetchall()
    except sqlite3.OperationalError as e:
        raise ValueError(f"unknown column: {e}")
    finally:
        con.close()
