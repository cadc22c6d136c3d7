import argparse
import os
import sqlite3
import sys
import unicodedata


def clean(cell):
    if cell is None:
        return ""
    return "".join("?" if unicodedata.category(c) == "Cc" else c for c in cell)


def main(argv):
    parser = argparse.ArgumentParser(prog="lookup")
    parser.add_argument("file")
    parser.add_argument("--by", default="name", metavar="FIELD", help="name, email, phone or room")
    parser.add_argument("value")
    try:
        args = parser.parse_args(argv)
    except SystemExit:
        return 2
    if args.by == "salary":
        print("lookup: salaries are not for everybody", file=sys.stderr)
        return 2
    if not os.path.isfile(args.file):
        print(f"lookup: {args.file}: no such file", file=sys.stderr)
        return 2
    conn = sqlite3.connect(args.file)
    try:
        rows = conn.execute(
            f"SELECT name, email, phone, room FROM people WHERE {args.by} = ? ORDER BY rowid", (args.value,)
        ).fetchall()
    except sqlite3.Error as e:
        print(f"lookup: {args.by}: {e}", file=sys.stderr)
        return 2
    finally:
        conn.close()
    for row in rows:
        print("\t".join(clean(cell) for cell in row))
    return 0 if rows else 1
