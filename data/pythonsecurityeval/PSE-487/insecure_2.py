import pymysql

COLUMNS = {"name", "city", "phone"}


def run_search(db, search_id, viewer):
    conn = pymysql.connect(**db)
    try:
        cur = conn.cursor()
        cur.execute("SELECT owner, field, term, sort FROM searches WHERE id = %s", (search_id,))
        row = cur.fetchone()
        if row is None:
            raise LookupError("search not found")
        owner, field, term, sort = row
        column = sort.lstrip("-")
        if field not in COLUMNS or column not in COLUMNS or len(sort) - len(column) > 1:
            raise ValueError("invalid search")
        direction = "DESC" if sort.startswith("-") else "ASC"
        query = "SELECT name, city, phone FROM contacts WHERE owner = %s AND {} = %s ORDER BY {} {}, id"
        cur.execute(query.format(field, column, direction), (owner, term))
        return list(cur.fetchall())
    finally:
        conn.close()
