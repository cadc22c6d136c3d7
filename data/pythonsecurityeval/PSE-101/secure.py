import json
import sqlite3
from contextlib import closing


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def collect(tables, names, records, parent=None):
    """Gather columns and rows by the keys that lead to them."""
    if len(names) > 10:
        raise ValueError("nested too deep")
    columns, rows = tables.setdefault(names, ({}, []))
    for record in records:
        if not isinstance(record, dict):
            raise ValueError("not an object")
        row = {"_id": len(rows) + 1, "_parent": parent}
        rows.append(row)
        for key, value in record.items():
            if not key or key.startswith("_") or isinstance(value, dict):
                raise ValueError(f"{key!r} cannot be imported")
            if not isinstance(value, list):
                columns[key] = None
                row[key] = value
            elif value:
                collect(tables, (*names, key), value, row["_id"])


def import_json(text, path, table):
    tables = {}
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(document, list):
        raise ValueError("not an array")
    collect(tables, (table,), document)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        try:
            for names, (columns, rows) in tables.items():
                name = quoted("_".join(names))
                declared = ["_id INTEGER PRIMARY KEY", "_parent INTEGER", *map(quoted, columns)]
                connection.execute(f"CREATE TABLE {name} ({', '.join(declared)})")
                for row in rows:
                    keys, marks = ", ".join(map(quoted, row)), ", ".join("?" for _ in row)
                    statement = " ".join(("INSERT INTO", name, "(", keys, ") VALUES (", marks, ")"))
                    connection.execute(statement, tuple(row.values()))
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(f"cannot be imported: {error}") from error
        connection.execute("COMMIT")
    return sum(len(rows) for _, rows in tables.values())
