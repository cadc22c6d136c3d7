import sqlite3


def column_names(path, table):
    if table.lower().startswith("x_") or table.lower().startswith("sqlite_"):
        raise KeyError(table)
    conn = sqlite3.connect(path)
    try:
        cursor = conn.execute(f'SELECT name, type FROM pragma_table_info("{table}")')
        columns = cursor.fetchall()
    except sqlite3.OperationalError:
        columns = []
    finally:
        conn.close()
    if not columns:
        raise KeyError(table)
    return columns
