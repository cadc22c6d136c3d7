import sqlite3

TYPES = {"text": "TEXT", "number": "INTEGER"}
KINDS = {"text": str, "number": int}


def quote_name(name):
    if not name or len(name) > 60 or not name.isprintable():
        raise ValueError(f"invalid name: {name}")
    return '"%s"' % name.replace('"', '""')


def make_table(conn, wish):
    names = ["id"]
    columns = ["id INTEGER PRIMARY KEY"]
    for col in wish["columns"]:
        if col["type"] not in TYPES:
            raise ValueError(f"unknown type {col['type']}")
        sql = f"{quote_name(col['name'])} {TYPES[col['type']]}"
        if "default" in col:
            if not isinstance(col["default"], KINDS[col["type"]]):
                raise ValueError("default has wrong type")
            sql += f" DEFAULT {col['default']!r}"
        if "choices" in col:
            choices = ", ".join(repr(choice) for choice in col["choices"])
            sql += f" CHECK ({quote_name(col['name'])} IN ({choices}))"
        columns.append(sql)
        names.append(col["name"])
    try:
        conn.execute(f"CREATE TABLE {quote_name(wish['table'])} ({', '.join(columns)})")
    except sqlite3.OperationalError as e:
        raise ValueError(f"could not create table: {e}")
    conn.commit()
    return names
