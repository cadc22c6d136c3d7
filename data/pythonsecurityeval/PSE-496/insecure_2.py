import argparse
import os
import re
import sqlite3
import sys


def main(argv):
    parser = argparse.ArgumentParser(prog="lookup")
    parser.add_argument("file")
    parser.add_argument("--by", default="name", choices=["name", "email", "phone", "room"])
    parser.add_argument("value")
    try:
        args = parser.parse_args(argv)
    except SystemExit:
        return 2
    if not os.path.exists(args.file):
        print(f"lookup: cannot open {args.file}", file=sys.stderr)
        return 2
    conn = sqlite3.connect(args.file)
    conn.row_factory = sqlite3.Row
    found = 0
    for row in conn.execute("SELECT * FROM people ORDER BY rowid"):
        if row[args.by] == args.value:
            cells = [row[name] or "" for name in ("name", "email", "phone", "room")]
            print("\t".join(re.sub(r"[\x00-\x1f]", "?", cell) for cell in cells))
            found += 1
    conn.close()
    return 0 if found else 1
