import sqlite3

FORMAT = "%Y-%m-%d %H:%M"


def slot_taken(db_path, room, start, end):
    if end <= start:
        raise ValueError("end must be later than start")
    connection = sqlite3.connect(db_path)
    try:
        row = connection.execute(
            "SELECT 1 FROM bookings WHERE room LIKE ? AND cancelled <> 1 AND NOT (ends <= ? OR starts >= ?) LIMIT 1",
            (room, start.strftime(FORMAT), end.strftime(FORMAT)),
        ).fetchone()
        return row is not None
    finally:
        connection.close()
