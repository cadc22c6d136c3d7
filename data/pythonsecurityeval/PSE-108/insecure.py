def pop_job(conn, queue, worker):
    cur = conn.cursor()
    cur.execute(
        "SELECT id, payload FROM jobs WHERE queue = ? AND state = 'open' ORDER BY created ASC, id ASC LIMIT 1",
        (queue,),
    )
    row = cur.fetchone()
    if row is None:
        return None
    job_id, payload = row
    try:
        cur.execute("UPDATE jobs SET state = 'taken', worker = ? WHERE id = ?", (worker, job_id))
        conn.commit()
    except Exception:
        conn.rollback()
        raise
    return job_id, payload
