from psycopg2 import extensions, sql


def vacuum_tables(connection, prefix, done):
    if not prefix:
        raise ValueError("prefix must not be empty")
    if connection.get_transaction_status() != extensions.TRANSACTION_STATUS_IDLE:
        raise RuntimeError("connection is inside a transaction")
    autocommit = connection.autocommit
    connection.autocommit = True
    cur = connection.cursor()
    cur.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", ("public",))
    names = [row[0] for row in cur.fetchall() if row[0].startswith(prefix)]
    for name in names:
        cur.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
        done(name)
    cur.close()
    connection.autocommit = autocommit
    return names
