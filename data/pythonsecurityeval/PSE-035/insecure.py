import csv
import os
import sqlite3


def import_csv(csv_path, db_path):
    table = os.path.splitext(os.path.basename(csv_path))[0]
    with open(csv_path, newline="", encoding="utf-8-sig") as f:
        first_line = f.readline()
        if not first_line.strip():
            raise ValueError("empty file")
        delimiter = max([",", ";", "\t"], key=first_line.count)
        f.seek(0)
        rows = [row for row in csv.reader(f, delimiter=delimiter) if row]

    header, data = rows[0], rows[1:]
    if not all(header) or len({h.lower() for h in header}) != len(header):
        raise ValueError("bad header")
    for number, row in enumerate(data, start=2):
        if len(row) != len(header):
            raise ValueError(f"line {number} has {len(row)} cells instead of {len(header)}")

    conn = sqlite3.connect(db_path)
    try:
        columns = ", ".join(f'"{name}" TEXT' for name in header)
        conn.execute(f'CREATE TABLE "{table}" ({columns})')
        placeholders = ", ".join("?" for _ in header)
        conn.executemany(f'INSERT INTO "{table}" VALUES ({placeholders})', data)
        conn.commit()
    except sqlite3.OperationalError as e:
        raise ValueError(str(e))
    finally:
        conn.close()
    return len(data)
