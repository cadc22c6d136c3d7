import sqlite3


def select_where(conn, condition):
    conn.row_factory = sqlite3.Row
    try:
        code = compile(condition.strip(), "<condition>", "eval")
    except SyntaxError as e:
        raise ValueError(f"invalid condition: {e}")
    ids = []
    for row in conn.execute("SELECT * FROM members ORDER BY id"):
        fields = {key: row[key] for key in ("name", "city", "age", "paid")}
        try:
            # no builtins, so that only the columns can be used
            if eval(code, {"__builtins__": {}}, fields):
                ids.append(row["id"])
        except Exception as e:
            raise ValueError(f"invalid condition: {e}")
    return ids
