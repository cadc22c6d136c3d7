def rename_if(conn, page_id, version, title):
    try:
        seen = int(version)
    except ValueError:
        seen = None
    with conn:
        cursor = conn.execute(
            "UPDATE pages SET title = ?, version = version + 1 WHERE id = ? AND version = ?", (title, page_id, seen)
        )
    if cursor.rowcount:
        return True
    if conn.execute("SELECT 1 FROM pages WHERE id = ?", (page_id,)).fetchone() is None:
        raise LookupError(f"no page {page_id}")
    return False
