from psycopg2 import extensions, sql


def vacuum_tables(connection, prefix, done):
    if not prefix:
        raise ValueError("prefix must not be empty")
    if connection.get_transaction_status() != extensions.TRANSACTION_STATUS_IDLE:
        raise RuntimeError("connection is inside a transaction")
    old = connection.autocommit
    connection.autocommit = True
    try:
        with connection.cursor() as cur:
            cur.execute(
                f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND left(tablename, {len(prefix)}) = '{prefix}' ORDER BY tablename"
            )
            names = [row[0] for row in cur.fetchall()]
            for name in names:
                cur.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
                done(name)
    finally:
        connection.autocommit = old
    return names
