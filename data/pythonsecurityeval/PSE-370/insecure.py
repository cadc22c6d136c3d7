import csv
import os
import re
from datetime import datetime

import psycopg2


def book_readings(dsn, folder, name, house):
    path = os.path.join(folder, name)
    rows = []
    with open(path, encoding="utf-8-sig", newline="") as f:
        reader = csv.DictReader(f, delimiter=";")
        if reader.fieldnames != ["meter", "day", "litres"]:
            raise ValueError("unexpected header")
        for row in reader:
            if None in row or None in row.values() or not row["meter"]:
                raise ValueError(f"line {reader.line_num} is incomplete")
            day = datetime.strptime(row["day"], "%Y-%m-%d").date()
            if not re.fullmatch(r"\d{1,3}(\.\d{3})*|\d+", row["litres"]):
                raise ValueError(f"line {reader.line_num}: litres")
            rows.append((house, row["meter"], day, int(row["litres"].replace(".", ""))))
    conn = psycopg2.connect(dsn)
    with conn:
        with conn.cursor() as cur:
            for values in rows:
                cur.execute(
                    "INSERT INTO readings (house, meter, day, litres) VALUES (%s, %s, %s, %s) "
                    "ON CONFLICT (house, meter, day) DO UPDATE SET litres = EXCLUDED.litres",
                    values,
                )
    conn.close()
    return len(rows)
