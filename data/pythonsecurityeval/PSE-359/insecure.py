from urllib.parse import quote


def sql_text(value):
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'"


def record(conn, who, action, details):
    line = action
    for key in sorted(details):
        line += " " + quote(key, safe="") + "=" + quote(details[key], safe="")
    if who is not None:
        who = who[:60]
    sql = f"INSERT INTO audit (who, action, line) VALUES ({sql_text(who)}, {sql_text(action)}, {sql_text(line)})"
    cursor = conn.cursor()
    try:
        cursor.execute(sql)
        conn.commit()
        return cursor.lastrowid
    except Exception:
        conn.rollback()
        raise
    finally:
        cursor.close()
