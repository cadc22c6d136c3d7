from contextlib import contextmanager

from psycopg2 import extensions

FIND = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND substr(table_name, 1, %s) = %s ORDER BY table_name
"""


@contextmanager
def outside_transactions(connection):
    if connection.status != extensions.STATUS_READY:
        raise RuntimeError("the connection is in use")
    usual = connection.autocommit
    connection.set_session(autocommit=True)
    try:
        yield connection.cursor()
    finally:
        connection.set_session(autocommit=usual)


def vacuum_tables(connection, prefix, done):
    if prefix == "":
        raise ValueError("empty prefix")
    finished = []
    with outside_transactions(connection) as cursor:
        cursor.execute(FIND, (len(prefix), prefix))
        for row in cursor.fetchall():
            cursor.execute("VACUUM " + extensions.quote_ident(row[0], cursor))
            done(row[0])
            finished.append(row[0])
        cursor.close()
    return finished
