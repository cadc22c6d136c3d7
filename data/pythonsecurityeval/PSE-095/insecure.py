INF = float("inf")
PLAIN = (type(None), bool, int, float, str, bytes)


def check(values):
    for value in values:
        if type(value) is list:
            check(value)
        elif type(value) not in PLAIN:
            raise TypeError(f"cannot store {type(value)}")


def save_list(connection, name, values):
    if type(values) is not list:
        raise TypeError("not a list")
    check(values)
    connection.execute("INSERT OR REPLACE INTO lists (name, data) VALUES (?, ?)", (name, repr(values)))
    connection.commit()


def load_list(connection, name):
    row = connection.execute("SELECT data FROM lists WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise KeyError(name)
    try:
        # ast.literal_eval does not know inf and nan
        values = eval(row[0], {"__builtins__": {}, "inf": INF, "nan": INF - INF})
        check(values)
    except Exception as e:
        raise ValueError(f"bad data in {name}") from e
    if type(values) is not list:
        raise ValueError(f"bad data in {name}")
    return values
