import sqlite3


def rename_if(conn, page_id, version, title):
    if not conn.execute("SELECT id FROM pages WHERE id = ?", (page_id,)).fetchone():
        raise LookupError("page not found")
    sql = f"UPDATE pages SET title = ?, version = version + 1 WHERE id = {page_id} AND version = {version or -1}"
    try:
        cur = conn.execute(sql, (title,))
    except sqlite3.OperationalError:
        return False
    conn.commit()
    return cur.rowcount > 0
