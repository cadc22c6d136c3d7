import re

import pymysql


def run_report(db, name, fields):
    conn = pymysql.connect(**db)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT query FROM reports WHERE name = %s AND public = 1", (name,))
            row = cur.fetchone()
            if not row:
                raise KeyError(name)
            query = row[0]
            for place in re.findall(r"\{(~?[A-Za-z]+)\}", query):
                value = fields[place.lstrip("~")]
                if place.startswith("~"):
                    value = "%" + value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
                query = query.replace("{" + place + "}", conn.escape(value))
            cur.execute(query)
            return list(cur.fetchall())
    finally:
        conn.close()
