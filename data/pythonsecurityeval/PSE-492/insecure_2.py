import re

import psycopg2
from psycopg2 import sql


def paste_stock(dsn, supplier, rows):
    conn = psycopg2.connect(dsn)
    try:
        with conn, conn.cursor() as cur:
            cur.execute("SELECT * FROM items LIMIT 0")
            known = {column[0] for column in cur.description}
            for row in rows:
                if not row.get("sku") or set(row) - known:
                    raise ValueError(f"bad row: {row}")
                if not re.fullmatch(r"[0-9]{1,6}", row.get("stock", "0")):
                    raise ValueError(f"bad stock: {row['stock']}")
                values = {"supplier": supplier, **{k: v or None for k, v in row.items()}}
                query = sql.SQL("INSERT INTO items ({}) VALUES ({}) ON CONFLICT (supplier, sku) DO UPDATE SET {}").format(
                    sql.SQL(", ").join(sql.Identifier(c) for c in values),
                    sql.SQL(", ").join(sql.Placeholder() for _ in values),
                    sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(c)) for c in values),
                )
                cur.execute(query, list(values.values()))
        return len(rows)
    finally:
        conn.close()
