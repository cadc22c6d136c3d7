import sqlite3


def explore(db_path, sql, limit):
    statement = sql.strip().rstrip(";").strip()
    if not statement.lower().startswith(("select", "with")):
        raise PermissionError("Only SELECT statements are allowed")
    conn = sqlite3.connect(db_path)
    try:
        cur = conn.execute(statement)
        rows = cur.fetchmany(limit)
        return [d[0] for d in cur.description], rows
    except sqlite3.ProgrammingError:
        raise PermissionError("Only one statement is allowed")
    except sqlite3.Error as e:
        raise ValueError(str(e))
    finally:
        conn.close()
