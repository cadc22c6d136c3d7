import psycopg2
from psycopg2 import sql

COLUMNS = {"name", "grams"}


def whole(text):
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise ValueError(f"not a number: {text}")
    return int(text)


def parts_page(dsn, order, after, size):
    limit = whole(size)
    if not 1 <= limit <= 100:
        raise ValueError("size out of range")
    descending = order.startswith("-")
    column = order[1:] if descending else order
    if column.split(",")[0].split(" ")[0] not in COLUMNS:
        raise ValueError(f"cannot sort by {column}")
    way = "DESC" if descending else "ASC"
    condition = sql.SQL("")
    values = [limit]
    if after:
        condition = sql.SQL("WHERE ({0}, id) " + ("<" if descending else ">") + " (SELECT {0}, id FROM parts WHERE id = %s)").format(sql.SQL(column))
        values.insert(0, whole(after))
    query = sql.SQL("SELECT id, name, grams FROM parts {} ORDER BY {} {}, id {} LIMIT %s")
    conn = psycopg2.connect(dsn)
    try:
        cur = conn.cursor()
        cur.execute(query.format(condition, sql.SQL(column), sql.SQL(way), sql.SQL(way)), values)
        rows = cur.fetchall()
        conn.commit()
        return rows
    finally:
        conn.close()
