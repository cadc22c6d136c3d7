import json
import sqlite3


def walk(records, table, parent, level, schema, inserts):
    if level > 10:
        raise ValueError("too many levels")
    if not isinstance(records, list):
        raise ValueError(f"{table}: expected an array")
    columns, ids = schema.setdefault(table, ([], []))
    for record in records:
        if not isinstance(record, dict):
            raise ValueError(f"{table}: expected objects")
        row_id = len(ids) + 1
        ids.append(row_id)
        row = {"_id": row_id, "_parent": parent}
        inserts.append((table, row))
        for key, value in record.items():
            if key == "" or key.startswith("_"):
                raise ValueError(f"bad key {key!r}")
            if value == []:
                continue
            if isinstance(value, (list, dict)):
                walk(value, f"{table}_{key}", row_id, level + 1, schema, inserts)
                continue
            if key not in columns:
                columns.append(key)
            row[key] = value


def import_json(text, path, table):
    schema, inserts = {}, []
    try:
        walk(json.loads(text), table, None, 1, schema, inserts)
    except RecursionError:
        raise ValueError("document is nested too deeply")

    ddl = "BEGIN;\n"
    for name, (columns, _) in schema.items():
        extra = "".join(f', "{column}"' for column in columns)
        ddl += f'CREATE TABLE "{name}" (_id INTEGER PRIMARY KEY, _parent INTEGER{extra});\n'
    conn = sqlite3.connect(path)
    try:
        conn.executescript(ddl)
        for name, row in inserts:
            columns = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join("?" * len(row))
            conn.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', list(row.values()))
        conn.commit()
    except (sqlite3.Error, OverflowError) as e:
        conn.rollback()
        raise ValueError(f"import failed: {e}")
    finally:
        conn.close()
    return len(inserts)
