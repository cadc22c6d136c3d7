import sqlite3


def check_name(name):
    if not (0 < len(name) <= 60 and name.isprintable()):
        raise ValueError("names have 1 to 60 printable characters")


def to_sql(value):
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("'", "''")
    return f"'{escaped}'"


def make_table(conn, wish):
    check_name(wish["table"])
    lines = ['"id" INTEGER PRIMARY KEY']
    for column in wish["columns"]:
        name, kind = column["name"], column["type"]
        check_name(name)
        if kind == "text":
            line = f'"{name}" TEXT'
            expected = str
        elif kind == "number":
            line = f'"{name}" INTEGER'
            expected = int
        else:
            raise ValueError("unknown type: " + str(kind))
        default = column.get("default")
        if default is not None:
            if not isinstance(default, expected):
                raise ValueError("default does not fit the type")
            line += " DEFAULT " + to_sql(default)
        if column.get("choices"):
            line += f' CHECK ("{name}" IN (' + ", ".join(to_sql(c) for c in column["choices"]) + "))"
        lines.append(line)
    statement = 'CREATE TABLE "{}" (\n{}\n)'.format(wish["table"], ",\n".join(lines))
    try:
        conn.execute(statement)
    except sqlite3.Error as error:
        raise ValueError("this wish cannot be granted") from error
    conn.commit()
    return ["id"] + [column["name"] for column in wish["columns"]]
