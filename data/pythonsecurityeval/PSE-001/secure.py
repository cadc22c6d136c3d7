import sqlite3
from contextlib import closing

OVERLAP = """
SELECT EXISTS (
    SELECT 1 FROM bookings
    WHERE room = ? COLLATE NOCASE AND cancelled = 0 AND starts < ? AND ends > ?
)
"""


def slot_taken(db_path, room, start, end):
    if start >= end:
        raise ValueError("the slot ends before it starts")
    with closing(sqlite3.connect(db_path)) as connection:
        (found,) = connection.execute(OVERLAP, (room, f"{end:%Y-%m-%d %H:%M}", f"{start:%Y-%m-%d %H:%M}")).fetchone()
    return found == 1
