from contextlib import contextmanager

from pymysql.cursors import Cursor


@contextmanager
def transaction(conn):
    cursor = Cursor(conn)
    cursor.execute("START TRANSACTION")
    done = False
    try:
        yield cursor
        done = True
    finally:
        cursor.execute("COMMIT" if done else "ROLLBACK")


def move_closed(conn, before, region, clerk):
    """Fetches the tickets, row by row, and deletes exactly those that were copied."""
    with transaction(conn) as cursor:
        cursor.execute("SELECT * FROM tickets WHERE closed_on IS NOT NULL AND region = %(region)s FOR UPDATE", {"region": region})
        tickets = [ticket for ticket in cursor.fetchall() if ticket[2] < before]
        cursor.executemany("INSERT INTO tickets_archive VALUES (%s, %s, %s, %s, %s)", [(*ticket, clerk) for ticket in tickets])
        cursor.executemany("DELETE FROM tickets WHERE id = %s", [ticket[0] for ticket in tickets])
    return len(tickets)
