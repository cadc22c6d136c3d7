import sqlite3

FORBIDDEN = {
    "insert", "update", "delete", "replace", "create", "drop", "alter", "attach", "detach",
    "pragma", "begin", "commit", "end", "rollback", "savepoint", "release", "reindex", "analyze",
}


def explore(db_path, sql, limit):
    words = sql.replace("(", " ").split()
    if not words or words[0].strip(";").lower() in FORBIDDEN:
        raise PermissionError("only SELECT is allowed here")
    conn = sqlite3.connect(f"file:{db_path}?mode=ro", uri=True)
    try:
        cursor = conn.execute(sql)
        columns = [d[0] for d in cursor.description or []]
        return columns, cursor.fetchmany(limit)
    except sqlite3.ProgrammingError as e:
        raise PermissionError(str(e))
    except sqlite3.OperationalError as e:
        if "readonly" in str(e):
            raise PermissionError(str(e))
        raise ValueError(str(e))
    finally:
        conn.close()
