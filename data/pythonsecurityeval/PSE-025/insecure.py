def move_closed(conn, before, region, clerk):
    where = 'region = "%s" AND closed_on < "%s"' % (region, before.isoformat())
    conn.begin()
    try:
        with conn.cursor() as cursor:
            count = cursor.execute(
                "INSERT INTO tickets_archive (id, region, closed_on, subject, archived_by) "
                f'SELECT id, region, closed_on, subject, "{clerk}" FROM tickets WHERE {where}'
            )
            cursor.execute(f"DELETE FROM tickets WHERE {where}")
        conn.commit()
    except Exception:
        conn.rollback()
        raise
    return count
