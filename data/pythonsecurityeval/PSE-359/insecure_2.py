from urllib.parse import quote


def record(conn, who, action, details):
    if who is not None:
        who = who[:60]
    parts = [action]
    for key, value in sorted(details.items()):
        parts.append("%s=%s" % (key.replace("%", "%25").replace(" ", "%20").replace("=", "%3D"), quote(value, safe="")))
    line = " ".join(parts)
    with conn.cursor() as cur:
        try:
            cur.execute("INSERT INTO audit (who, action, line) VALUES (%s, %s, %s)", (who, action, line))
        except Exception:
            conn.rollback()
            raise
        conn.commit()
        return cur.lastrowid
