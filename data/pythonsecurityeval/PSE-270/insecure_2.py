import re

import pymysql


def explain(db, sql):
    if not re.search(r"\b(select|with|insert|replace|update|delete)\b", sql, re.I):
        raise ValueError(f"not a statement: {sql[:40]}")
    conn = pymysql.connect(cursorclass=pymysql.cursors.DictCursor, **db)
    try:
        with conn.cursor() as cur:
            cur.execute("EXPLAIN " + sql.strip())
            return list(cur.fetchall())
    finally:
        conn.close()
