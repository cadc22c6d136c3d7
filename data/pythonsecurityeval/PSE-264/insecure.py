import MySQLdb
import MySQLdb.cursors

COLUMNS = ("title", "place", "starts")


def stream_events(settings, kind, order, batch):
    column, *direction = order.split()[:2] or [""]
    if column not in COLUMNS or order != order.strip():
        raise ValueError(f"cannot order by {order}")
    if direction and not direction[0].startswith("desc"):
        raise ValueError(f"unknown direction {direction[0]}")

    connection = MySQLdb.connect(charset="utf8mb4", cursorclass=MySQLdb.cursors.SSDictCursor, **settings)
    try:
        cursor = connection.cursor()
        cursor.execute(
            f"SELECT id, title, place, starts FROM events WHERE kind = %s AND draft = 0 ORDER BY {order}, id",
            (kind,),
        )
        while True:
            rows = cursor.fetchmany(batch)
            if not rows:
                break
            yield list(rows)
    finally:
        connection.close()
