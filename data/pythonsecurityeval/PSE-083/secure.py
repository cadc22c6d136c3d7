import sqlite3


def identifier(name):
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise ValueError(f"no name: {name!r}")
    return '"' + name.replace('"', '""') + '"'


def literal(value):
    return str(value) if type(value) is int else "'" + value.replace("'", "''") + "'"


def definition(column):
    name = identifier(column["name"])
    kind, python = {"text": ("TEXT", str), "number": ("INTEGER", int)}.get(column["type"], (None, None))
    if kind is None:
        raise ValueError(f"no type: {column['type']!r}")
    parts = [name, kind]
    if "default" in column:
        if type(column["default"]) is not python:
            raise ValueError(f"no {kind}: {column['default']!r}")
        parts += ["DEFAULT", literal(column["default"])]
    if "choices" in column:
        parts += ["CHECK (", name, "IN (", ", ".join(map(literal, column["choices"])), "))"]
    return " ".join(parts)


def make_table(conn, wish):
    definitions = ["id INTEGER PRIMARY KEY", *map(definition, wish["columns"])]
    try:
        conn.execute("CREATE TABLE " + identifier(wish["table"]) + " (" + ", ".join(definitions) + ")")
    except sqlite3.OperationalError as error:
        raise ValueError("a name is taken") from error
    conn.commit()
    return ["id", *(column["name"] for column in wish["columns"])]
