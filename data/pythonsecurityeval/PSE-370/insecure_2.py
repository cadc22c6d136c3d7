import csv
import os
import re
from datetime import date

import psycopg2


def quote(text):
    return f"$${text}$$"  # no trouble with quotes


def book_readings(dsn, folder, name, house):
    path = os.path.join(folder, os.path.basename(name))
    if os.path.basename(name) != name or not os.path.isfile(path):
        raise FileNotFoundError(name)
    with open(path, encoding="utf-8-sig", newline="") as f:
        reader = csv.reader(f, delimiter=";")
        if next(reader, None) != ["meter", "day", "litres"]:
            raise ValueError("header")
        rows = []
        for row in reader:
            meter, day, litres = row
            if not meter or not re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+", litres):
                raise ValueError(f"bad line: {row}")
            rows.append((meter, date.fromisoformat(day), int(litres.replace(".", ""))))
    conn = psycopg2.connect(dsn)
    cur = conn.cursor()
    for meter, day, litres in rows:
        cur.execute(
            f"INSERT INTO readings (house, meter, day, litres) VALUES ({quote(house)}, {quote(meter)}, '{day}', {litres}) "
            f"ON CONFLICT (house, meter, day) DO UPDATE SET litres = {litres}"
        )
    conn.commit()
    conn.close()
    return len(rows)
