import argparse
import sqlite3
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

QUERIES = {
    "name": "SELECT name, email, phone, room FROM people WHERE name = ? ORDER BY rowid",
    "email": "SELECT name, email, phone, room FROM people WHERE email = ? ORDER BY rowid",
    "phone": "SELECT name, email, phone, room FROM people WHERE phone = ? ORDER BY rowid",
    "room": "SELECT name, email, phone, room FROM people WHERE room = ? ORDER BY rowid",
}


def shown(entry):
    if entry is None:
        return ""
    return "".join("?" if unicodedata.category(letter) == "Cc" else letter for letter in str(entry))


def main(argv):
    parser = argparse.ArgumentParser(prog="lookup", add_help=False, allow_abbrev=False)
    parser.add_argument("file", type=Path)
    parser.add_argument("--by", choices=QUERIES, default="name")
    parser.add_argument("value")
    try:
        arguments = parser.parse_args(argv)
    except SystemExit:
        return 2
    if not arguments.file.is_file():
        print("lookup: no such file", file=sys.stderr)
        return 2
    with closing(sqlite3.connect(arguments.file.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        rows = connection.execute(QUERIES[arguments.by], (arguments.value,)).fetchall()
    for row in rows:
        print("\t".join(map(shown, row)))
    return 0 if rows else 1
