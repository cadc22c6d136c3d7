import json

import psycopg2
from psycopg2 import sql


def add_users(dsn, payload):
    data = json.loads(payload)
    if not isinstance(data, list):
        raise ValueError("expected a list")
    conn = psycopg2.connect(dsn)
    try:
        with conn, conn.cursor() as cur:
            cur.execute("SELECT * FROM users LIMIT 0")
            columns = [d[0] for d in cur.description if d[0] != "id"]
            ids = []
            for obj in data:
                if not isinstance(obj, dict):
                    raise ValueError("expected objects")
                for field in ("email", "name"):
                    if not isinstance(obj.get(field), str) or not obj[field]:
                        raise ValueError(f"{field} is missing")
                if not isinstance(obj.get("city", ""), (str, type(None))):
                    raise ValueError("bad city")
                row = {key: obj[key] for key in columns if key in obj}
                query = sql.SQL("INSERT INTO users ({}) VALUES ({}) RETURNING id").format(
                    sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(sql.Placeholder() * len(row))
                )
                cur.execute(query, list(row.values()))
                ids.append(cur.fetchone()[0])
        return ids
    except psycopg2.IntegrityError:
        raise ValueError("email already registered")
    finally:
        conn.close()
