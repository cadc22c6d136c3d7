def move_closed(conn, before, region, clerk):
    cur = conn.cursor()
    try:
        cur.execute(
            """
            INSERT INTO tickets_archive
            SELECT t.id, t.region, t.closed_on, t.subject, %s
            FROM tickets t
            WHERE t.closed_on IS NOT NULL AND t.closed_on < %s AND t.region = %s
            """,
            (clerk, before, region),
        )
        copied = cur.rowcount
        cur.execute("DELETE FROM tickets WHERE closed_on < %s AND region = %s", (before, region))
        if cur.rowcount != copied:
            raise RuntimeError("tickets changed meanwhile")
        conn.commit()
        return copied
    except Exception:
        conn.rollback()
        raise
    finally:
        cur.close()
