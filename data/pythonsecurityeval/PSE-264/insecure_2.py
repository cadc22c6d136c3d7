import itertools
from contextlib import closing

import MySQLdb
from MySQLdb.cursors import SSCursor

NAMES = ("id", "title", "place", "starts")
ORDERS = [f"{name}{end}" for name in NAMES[1:] for end in ("", " desc")]


def stream_events(settings, kind, order, batch):
    if order not in ORDERS:
        raise ValueError("no such order")
    with closing(MySQLdb.connect(**settings, charset="utf8mb4")) as db:
        cursor = db.cursor(SSCursor)
        # double quotes, some kinds have an apostrophe
        cursor.execute(f'SELECT {", ".join(NAMES)} FROM events WHERE draft = 0 AND kind = "{kind}" ORDER BY {order}, id')
        rows = (dict(zip(NAMES, row)) for row in cursor)
        while chunk := list(itertools.islice(rows, batch)):
            yield chunk
