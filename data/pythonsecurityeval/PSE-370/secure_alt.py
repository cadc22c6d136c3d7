from pathlib import Path

import pandas
import psycopg2
from psycopg2.extras import execute_batch

UPDATE = "UPDATE readings SET litres = %(litres)s WHERE house = %(house)s AND meter = %(meter)s AND day = %(day)s"
INSERT = """
INSERT INTO readings (house, meter, day, litres) SELECT %(house)s, %(meter)s, %(day)s, %(litres)s
WHERE NOT EXISTS (SELECT 1 FROM readings WHERE house = %(house)s AND meter = %(meter)s AND day = %(day)s)
"""


def book_readings(dsn, folder, name, house):
    path = Path(folder).resolve() / name
    if path.resolve().parent != Path(folder).resolve() or path.name != name or not path.is_file():
        raise FileNotFoundError(name)
    frame = pandas.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
    if list(frame.columns) != ["meter", "day", "litres"]:
        raise ValueError("another header")
    if not frame["litres"].str.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+").all() or (frame["meter"] == "").any():
        raise ValueError("a bad line")
    frame["day"] = pandas.to_datetime(frame["day"], format="%Y-%m-%d", exact=True).dt.date
    rows = [
        {"house": house, "meter": meter, "day": day, "litres": int(litres.replace(".", ""))}
        for meter, day, litres in frame.itertuples(index=False)
    ]
    conn = psycopg2.connect(dsn)
    try:
        with conn.cursor() as cursor:
            for row in rows:
                execute_batch(cursor, UPDATE, [row])
                execute_batch(cursor, INSERT, [row])
        conn.commit()
    finally:
        conn.close()
    return len(rows)
