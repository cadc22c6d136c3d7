import re
import sqlite3

NAME = r"[^\W\d]\w*"
PHRASE = re.compile(rf"(count|(?:sum|min|max)\s+({NAME})\s+of)\s+({NAME})(?:\s+per\s+({NAME}))?(?:\s+top\s+([1-9]|[1-4]\d|50))?")


def tally(path, phrase):
    match = PHRASE.fullmatch(phrase.strip())
    if not match:
        raise ValueError("expected: count TABLE ... or sum|min|max COLUMN of TABLE ...")
    head, column, table, group, top = match.groups()
    number = "count(*)" if column is None else f'{head.split()[0]}(t."{column}")'
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        if db.execute("SELECT 1 FROM private_tables WHERE name = ?", (table,)).fetchone():
            raise ValueError(f"no table {table}")
        try:
            if group is None:
                rows = db.execute(f'SELECT {number} FROM "{table}" t')
            else:
                rows = db.execute(f'SELECT t."{group}", {number} AS n FROM "{table}" t GROUP BY 1 ORDER BY n DESC, 1')
            return rows.fetchmany(int(top)) if top else rows.fetchall()
        except sqlite3.OperationalError as error:
            raise ValueError(str(error)) from error
