import sqlite3
from contextlib import closing


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def append_frame(path, table, frame):
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    columns = list(frame.columns)
    with closing(sqlite3.connect(path)) as connection:
        known = connection.execute(
            "SELECT c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c WHERE s.type = 'table' AND s.name = ?", (table,)
        ).fetchall()
        if not known or sorted(known) != sorted((str(column),) for column in columns):
            raise ValueError("the columns are not those of a table")
        marks = ", ".join("?" for _ in columns)
        insert = " ".join(("INSERT INTO", quoted(table), "(", ", ".join(map(quoted, columns)), ") VALUES (", marks, ")"))
        try:
            with connection:
                connection.executemany(insert, rows)
        except sqlite3.Error as error:
            raise ValueError("the table refuses a row") from error
    return len(rows)
