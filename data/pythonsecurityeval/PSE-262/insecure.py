import pymysql
import pymysql.cursors


def mask_email(value):
    if "@" not in value:
        return "***"
    name, domain = value.split("@", 1)
    return name[:1] + "***@" + domain


def mask_card(value):
    return "****" + value.replace(" ", "").replace("-", "")[-4:]


def support_rows(db, table):
    conn = pymysql.connect(**db, cursorclass=pymysql.cursors.DictCursor)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT table_name AS t FROM information_schema.tables WHERE table_schema = DATABASE()")
            if table.startswith("hr_") or table not in [row["t"] for row in cur.fetchall()]:
                raise ValueError(f"unknown table {table!r}")
            cur.execute("SELECT column_name AS c, kind FROM personal WHERE table_name = %s", (table,))
            rules = {row["c"]: row["kind"] for row in cur.fetchall()}
            cur.execute(f"SELECT * FROM `{table}` ORDER BY id")
            rows = cur.fetchall()
    finally:
        conn.close()

    for row in rows:
        for column, kind in rules.items():
            if kind == "secret":
                row.pop(column, None)
            elif row.get(column) is not None:
                row[column] = mask_email(row[column]) if kind == "email" else mask_card(row[column])
    return list(rows)
