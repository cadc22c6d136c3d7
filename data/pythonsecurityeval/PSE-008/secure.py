from psycopg2 import sql
from psycopg2.extensions import TRANSACTION_STATUS_IDLE


def vacuum_tables(connection, prefix, done):
    if not prefix:
        raise ValueError("a prefix is needed")
    if connection.get_transaction_status() != TRANSACTION_STATUS_IDLE:
        raise RuntimeError("a transaction is open on this connection")
    before = connection.autocommit
    connection.autocommit = True  # VACUUM cannot run inside a transaction
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public'")
            names = sorted(name for (name,) in cursor.fetchall() if name.startswith(prefix))
            for name in names:
                cursor.execute(sql.SQL("VACUUM {}").format(sql.Identifier("public", name)))
                done(name)
        return names
    finally:
        connection.autocommit = before
