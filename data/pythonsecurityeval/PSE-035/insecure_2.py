import csv
import sqlite3
from pathlib import Path


def quote(name):
    return '"%s"' % name.replace('"', '""')


def find_delimiter(text):
    try:
        return csv.Sniffer().sniff(text, delimiters=",;\t").delimiter
    except csv.Error:
        header = text.splitlines()[0]
        return max(",;\t", key=header.count)


def import_csv(csv_path, db_path):
    text = Path(csv_path).read_bytes().decode("utf-8-sig")
    if not text.strip():
        raise ValueError("the file is empty")
    lines = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=find_delimiter(text)) if row]
    header = lines.pop(0)
    if "" in header or any(len(row) != len(header) for row in lines):
        raise ValueError("malformed CSV")

    table = quote(Path(csv_path).stem)
    connection = sqlite3.connect(db_path, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute(f"CREATE TABLE {table} ({', '.join(quote(name) + ' TEXT' for name in header)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(header))})", lines)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise ValueError("table could not be created") from error
    finally:
        connection.close()
    return len(lines)
