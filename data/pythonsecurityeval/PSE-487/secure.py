from contextlib import closing

import pymysql

COLUMNS = ("name", "city", "phone")


def run_search(db, search_id, viewer):
    with closing(pymysql.connect(**db)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT field, term, sort FROM searches WHERE id = %s", (search_id,))
        search = cursor.fetchone()
        if search is None:
            raise LookupError(f"no search {search_id}")
        field, term, sort = search
        if field not in COLUMNS or sort.removeprefix("-") not in COLUMNS:
            raise ValueError("not a field of the contacts")
        cursor.execute("SELECT id, name, city, phone FROM contacts WHERE owner = %s ORDER BY id", (viewer,))
        rows = [row for row in cursor.fetchall() if row[1 + COLUMNS.index(field)] == term]
    place = 1 + COLUMNS.index(sort.removeprefix("-"))
    rows.sort(key=lambda row: row[place], reverse=sort.startswith("-"))
    return [row[1:] for row in rows]
