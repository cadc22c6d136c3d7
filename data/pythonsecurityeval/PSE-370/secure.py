import csv
import os
import re
from contextlib import closing
from datetime import date

import psycopg2

HEADER = ["meter", "day", "litres"]
BOOK = """
INSERT INTO readings (house, meter, day, litres) VALUES (%s, %s, %s, %s)
ON CONFLICT (house, meter, day) DO UPDATE SET litres = excluded.litres
"""


def parsed(line):
    meter, day, litres = line
    if not meter or not re.fullmatch(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+", litres):
        raise ValueError("bad line")
    return meter, date.fromisoformat(day), int(litres.replace(".", ""))


def book_readings(dsn, folder, name, house):
    if name not in os.listdir(folder):
        raise FileNotFoundError("no such file in the folder")
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file, delimiter=";", strict=True)
    if header != HEADER:
        raise ValueError("not a file of readings")
    readings = [(house, *parsed(line)) for line in lines if line]
    with closing(psycopg2.connect(dsn)) as conn, conn, conn.cursor() as cursor:
        cursor.executemany(BOOK, readings)
    return len(readings)
