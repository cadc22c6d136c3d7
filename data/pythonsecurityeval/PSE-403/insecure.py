def rename_if(conn, page_id, version, title):
    row = conn.execute("SELECT version FROM pages WHERE id = ?", (page_id,)).fetchone()
    if row is None:
        raise LookupError(f"page {page_id} does not exist")
    if str(row[0]) != version:
        return False
    conn.execute("UPDATE pages SET title = ?, version = version + 1 WHERE id = ?", (title, page_id))
    conn.commit()
    return True
