def pop_job(conn, queue, worker):
    conn.execute("BEGIN IMMEDIATE")
    try:
        row = conn.execute(
            "SELECT id, payload FROM jobs WHERE queue = ? AND state = 'open' ORDER BY created, id LIMIT 1",
            (queue,),
        ).fetchone()
        if row:
            conn.execute(f"UPDATE jobs SET state = 'taken', worker = {worker!r} WHERE id = {row[0]}")
        conn.commit()
    except BaseException:
        conn.rollback()
        raise
    return tuple(row) if row else None
