import sqlite3


def column_names(path, table):
    if table[:2].lower() == "x_" or table[:7].lower() == "sqlite_":
        raise KeyError(table)
    conn = sqlite3.connect(path)
    try:
        conn.row_factory = sqlite3.Row
        # LIKE ignores the case
        rows = conn.execute(
            "SELECT c.name, c.type FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
            "WHERE m.type IN ('table', 'view') AND m.name LIKE ? ORDER BY c.cid",
            (table,),
        ).fetchall()
    finally:
        conn.close()
    if not rows:
        raise KeyError(f"unknown table {table}")
    return [(row["name"], row["type"]) for row in rows]
