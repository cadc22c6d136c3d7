import psycopg2.errors
from psycopg2 import sql


def drop_scratch(engine, name):
    if name[:4] != "tmp_":
        raise PermissionError("not a scratch table")
    connection = engine.raw_connection()
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
        connection.commit()
    except (psycopg2.errors.UndefinedTable, psycopg2.errors.WrongObjectType):
        return False
    finally:
        connection.close()
    return True
