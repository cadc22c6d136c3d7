import pymysql


def run_search(db, search_id, viewer):
    conn = pymysql.connect(**db, cursorclass=pymysql.cursors.DictCursor)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT * FROM searches WHERE id = %s", (search_id,))
            search = cur.fetchone()
            if not search:
                raise LookupError(f"no search with id {search_id}")
            sort, direction = search["sort"], "ASC"
            if sort.startswith("-"):
                sort, direction = sort[1:], "DESC"
            sql = (
                f"SELECT name, city, phone FROM contacts WHERE owner = %s AND {search['field']} = %s"
                f" ORDER BY {sort} {direction}, id"
            )
            try:
                cur.execute(sql, (viewer, search["term"]))
            except (pymysql.OperationalError, pymysql.ProgrammingError) as e:
                raise ValueError(f"search {search_id} is broken: {e}")
            return [(row["name"], row["city"], row["phone"]) for row in cur.fetchall()]
    finally:
        conn.close()
