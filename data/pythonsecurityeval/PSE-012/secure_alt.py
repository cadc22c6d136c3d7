import csv
import math
import sqlite3


def lines(upload, left):
    while line := upload.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise ValueError("the file is too long")
        yield line.decode()


def readings(rows):
    head = next(rows, None)
    if not head or head[0] != "taken_at" or len(head) > len(set(head)):
        raise ValueError("bad header")
    for row in rows:
        for station, cell in zip(head[1:], row[1:]):
            if cell:
                value = float(cell)
                if not math.isfinite(value):
                    raise ValueError(f"{station}: {cell}")
                yield station, row[0], value


def load_readings(conn, upload, max_bytes):
    rows = readings(csv.reader(lines(upload, max_bytes)))
    try:
        number = conn.executemany("INSERT INTO readings VALUES (?, ?, ?)", rows).rowcount
    except (ValueError, csv.Error, sqlite3.Error) as error:
        conn.rollback()
        raise ValueError(str(error)) from error
    conn.commit()
    return max(number, 0)
