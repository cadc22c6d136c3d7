import psycopg2


def identifier(name):
    size = len(name.encode("utf-8"))
    if size < 1 or size > 63 or name[:3] == "pg_" or "\x00" in name:
        raise ValueError("no name for a role")
    return '"' + name.replace('"', '""') + '"'


def create_login(connection, name, password, table_no):
    role = identifier(name).replace("%", "%%")
    if len(password) < 8 or "\x00" in password:
        raise ValueError("no password")
    cursor = connection.cursor()
    try:
        cursor.execute(" ".join(("CREATE USER", role, "WITH PASSWORD %s")), (password,))
        cursor.execute("INSERT INTO seats VALUES (%(name)s, %(table)s)", {"name": name, "table": table_no})
        connection.commit()
    except psycopg2.Error as error:
        connection.rollback()
        if error.pgcode in ("42710", "23505"):
            raise ValueError(f"{name} is taken") from error
        raise
