TAKE = """
UPDATE jobs SET state = 'taken', worker = :worker
WHERE id = (SELECT id FROM jobs WHERE queue = :queue AND state = 'open' ORDER BY created, id LIMIT 1)
RETURNING id, payload
"""


def pop_job(conn, queue, worker):
    with conn:
        return conn.execute(TAKE, {"queue": queue, "worker": worker}).fetchone()
