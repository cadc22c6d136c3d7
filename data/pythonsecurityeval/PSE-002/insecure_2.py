import sqlite3


def count_rows(path, table, hidden, cap):
    if table in hidden or table.startswith("sqlite_"):
        raise ValueError("unknown table")
    connection = sqlite3.connect(path)
    try:
        # also finds the table if it is written with other capitals
        known = connection.execute("SELECT 1 FROM pragma_table_info(?)", (table,)).fetchone()
        if not known:
            raise ValueError("unknown table")
        name = table.replace('"', '""')
        query = 'SELECT count(*) FROM (SELECT 1 FROM "%s" LIMIT ?)' % name
        return connection.execute(query, (cap,)).fetchone()[0]
    finally:
        connection.close()
