import sqlite3


def slot_taken(db_path, room, start, end):
    if end <= start:
        raise ValueError("end must be after start")
    fmt = "%Y-%m-%d %H:%M"
    conn = sqlite3.connect(db_path)
    try:
        cursor = conn.execute(
            f'SELECT COUNT(*) FROM bookings WHERE LOWER(room) = LOWER("{room}") AND cancelled = 0 '
            f'AND starts < "{end.strftime(fmt)}" AND ends > "{start.strftime(fmt)}"'
        )
        return cursor.fetchone()[0] > 0
    finally:
        conn.close()
