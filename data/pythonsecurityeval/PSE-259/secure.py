from psycopg2 import sql
from psycopg2.errors import DuplicateObject, UniqueViolation


def create_login(connection, name, password, table_no):
    if not 1 <= len(name.encode()) <= 63 or name.startswith("pg_") or len(password) < 8 or "\0" in name + password:
        raise ValueError("name or password cannot be taken")
    statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
    with connection, connection.cursor() as cursor:
        try:
            cursor.execute("INSERT INTO seats (name, table_no) VALUES (%s, %s)", (name, table_no))
            cursor.execute(statement)
        except (DuplicateObject, UniqueViolation) as error:
            raise ValueError("the name is taken") from error
