import json
import sqlite3
from base64 import standard_b64encode
from pathlib import Path


def ident(name):
    return '"{}"'.format(name.replace('"', '""'))


def public_copy(path):
    """The file's tables in memory, without what is private, and its views over them."""
    copy = sqlite3.connect(":memory:", uri=True)
    copy.execute("ATTACH ? AS house", (Path(path).absolute().as_uri() + "?mode=ro",))
    private = copy.execute("SELECT table_name, column_name FROM house.private_columns").fetchall()
    schema = copy.execute("SELECT type, name, sql FROM house.sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY rowid").fetchall()
    for kind, name, sql in schema:
        if kind == "table":
            columns = [row[0] for row in copy.execute("SELECT name FROM pragma_table_info(?, 'house')", (name,))]
            values = [f"NULL AS {ident(column)}" if (name, column) in private else ident(column) for column in columns]
            copy.execute(f"CREATE TABLE {ident(name)} AS SELECT {', '.join(values)} FROM house.{ident(name)}")
    copy.execute("COMMIT") if copy.in_transaction else None
    copy.execute("DETACH house")
    for kind, _, sql in schema:
        if kind == "view":
            copy.execute(sql)
    return copy, {name for kind, name, _ in schema if kind in ("table", "view")}


def export_table(path, name):
    copy, names = public_copy(path)
    try:
        if name not in names:
            raise LookupError(f"{name} is no table or view")
        copy.row_factory = sqlite3.Row
        rows = [dict(row) for row in copy.execute(f"SELECT * FROM {ident(name)}")]
    finally:
        copy.close()
    return json.dumps(rows, default=lambda blob: standard_b64encode(blob).decode("ascii"))
