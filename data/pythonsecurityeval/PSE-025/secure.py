COPY = """
INSERT INTO tickets_archive (id, region, closed_on, subject, archived_by)
SELECT id, region, closed_on, subject, %s FROM tickets WHERE region = %s AND closed_on < %s
"""
REMOVE = "DELETE FROM tickets WHERE region = %s AND closed_on < %s"


def move_closed(conn, before, region, clerk):
    conn.begin()  # both statements or none, whatever autocommit says
    try:
        with conn.cursor() as cursor:
            moved = cursor.execute(COPY, (clerk, region, before))
            cursor.execute(REMOVE, (region, before))
    except BaseException:
        conn.rollback()
        raise
    conn.commit()
    return moved
