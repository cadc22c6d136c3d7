import re
from contextlib import closing

import pymysql
from pymysql.cursors import DictCursor

PLANNED = re.compile(r"\s*(?:SELECT|WITH|INSERT|REPLACE|UPDATE|DELETE)\b", re.IGNORECASE)


def explain(db, sql):
    if PLANNED.match(sql) is None:
        raise ValueError("this is no statement that has a plan")
    # Without the flag MULTI_STATEMENTS, which PyMySQL leaves off, the server takes one statement per request.
    with closing(pymysql.connect(**db, cursorclass=DictCursor)) as connection, connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql)
        return list(cursor.fetchall())
