def pop_job(conn, queue, worker):
    while True:
        jobs = conn.execute("SELECT id, payload FROM jobs WHERE state = ? AND queue = ? ORDER BY created, id LIMIT 1", ("open", queue)).fetchall()
        if not jobs:
            return None
        job, payload = jobs[0]
        taken = conn.execute("UPDATE jobs SET state = 'taken', worker = ? WHERE id = ? AND state = 'open'", (worker, job)).rowcount
        conn.commit()
        if taken:
            return job, payload
