import re

import psycopg2


def paste_stock(dsn, supplier, rows):
    conn = psycopg2.connect(dsn)
    try:
        cur = conn.cursor()
        for row in rows:
            if not row.get("sku"):
                raise ValueError("row without sku")
            if "discount" in row or "supplier" in row:
                raise ValueError("column cannot be changed")
            if "stock" in row and not re.fullmatch(r"[0-9]{1,6}", row["stock"]):
                raise ValueError(f"bad stock: {row['stock']}")
            columns = ", ".join(row)
            updates = ", ".join(f"{c} = EXCLUDED.{c}" for c in row)
            marks = ", ".join(["%s"] * (len(row) + 1))
            sql = f"INSERT INTO items (supplier, {columns}) VALUES ({marks}) ON CONFLICT (supplier, sku) DO UPDATE SET {updates}"
            try:
                cur.execute(sql, [supplier] + [v or None for v in row.values()])
            except psycopg2.Error as e:
                raise ValueError(f"cannot store row: {e}") from e
        conn.commit()
        return len(rows)
    finally:
        conn.close()
