import pymssql


def open_ledger(server, database, user, password):
    """pymssql takes each value by itself, there is no string to put together."""
    for typed in (user, password):
        if typed == "" or "\x00" in typed:
            raise ValueError("please type both user and password")
    try:
        return pymssql.connect(server=server, port="1433", user=user, password=password, database=database, autocommit=False)
    except pymssql.OperationalError as error:
        raise PermissionError(f"login of {user!r} failed") from error
