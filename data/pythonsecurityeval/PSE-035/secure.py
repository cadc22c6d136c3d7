import csv
import sqlite3
from contextlib import closing
from pathlib import Path


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def parsed(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        delimiter = max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
        file.seek(0)
        header, *rows = [row for row in csv.reader(file, delimiter=delimiter) if row]
    if "" in header or any(len(row) != len(header) for row in rows):
        raise ValueError("an empty name, or a line of another length")
    return header, rows


def import_csv(csv_path, db_path):
    header, rows = parsed(csv_path)
    table = quoted(Path(csv_path).stem)
    columns = ", ".join(quoted(name) + " TEXT" for name in header)
    marks = ", ".join("?" for _ in header)
    with closing(sqlite3.connect(db_path)) as connection:
        try:
            connection.execute("BEGIN")
            connection.execute(" ".join(("CREATE TABLE", table, "(", columns, ")")))
            connection.executemany(" ".join(("INSERT INTO", table, "VALUES (", marks, ")")), rows)
            connection.commit()
        except sqlite3.Error as error:
            raise ValueError(str(error)) from error
    return len(rows)
