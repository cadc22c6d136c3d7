import re


def rename_if(conn, page_id, version, title):
    conn.execute("BEGIN IMMEDIATE")  # from here on nobody else writes
    try:
        row = conn.execute("SELECT version FROM pages WHERE id = ?", [page_id]).fetchone()
        if row is None:
            raise LookupError(page_id)
        if not re.fullmatch("[0-9]+", version) or int(version) != row[0]:
            return False
        conn.execute("UPDATE pages SET title = ?, version = ? WHERE id = ?", [title, row[0] + 1, page_id])
        conn.commit()
        return True
    finally:
        if conn.in_transaction:
            conn.rollback()
