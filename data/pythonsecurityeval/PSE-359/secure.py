from urllib.parse import quote

INSERT = "INSERT INTO audit (who, action, line) VALUES (%s, %s, %s)"


def record(conn, who, action, details):
    fields = [f"{quote(key, safe='')}={quote(details[key], safe='')}" for key in sorted(details)]
    try:
        with conn.cursor() as cursor:
            cursor.execute(INSERT, (None if who is None else who[:60], action, " ".join([action, *fields])))
            number = cursor.lastrowid
        conn.commit()
    except BaseException:
        conn.rollback()
        raise
    return number
