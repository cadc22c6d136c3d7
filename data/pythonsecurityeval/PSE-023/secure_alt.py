from contextlib import contextmanager


@contextmanager
def plain_cursor(conn):
    before, conn.text_factory = conn.text_factory, str
    cursor = conn.cursor()
    cursor.row_factory = None
    try:
        yield cursor
    finally:
        cursor.close()
        conn.text_factory = before


def find_profile(conn, handle):
    """What is marked is not even asked for."""
    with plain_cursor(conn) as cursor:
        cursor.execute("SELECT name FROM pragma_table_info('members') WHERE substr(name, 1, 1) <> '_' ORDER BY cid")
        names = [name for (name,) in cursor.fetchall()]
        wanted = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
        cursor.execute(f"SELECT {wanted} FROM members WHERE handle = :handle", {"handle": handle})
        for values in cursor:
            return dict(zip(names, values))
