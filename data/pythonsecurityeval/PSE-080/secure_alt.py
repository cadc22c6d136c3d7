from collections import defaultdict
from contextlib import closing

import pandas
import pymysql
from sqlalchemy.engine import make_url

DEFINITIONS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position
"""


def read_tables(url, names):
    where = make_url(url)
    connection = pymysql.connect(
        host=where.host, port=where.port or 3306, user=where.username, password=where.password or "", database=where.database, charset="utf8mb4"
    )
    answer = {}
    with closing(connection), connection.cursor() as cursor:
        tables = defaultdict(list)
        cursor.execute(DEFINITIONS)
        for table, column in cursor.fetchall():
            tables[table].append(column)
        for table, columns in tables.items():
            if table in names and "person_id" not in columns:
                cursor.execute("SELECT * FROM `" + table.replace("`", "``") + "`")
                answer[table] = pandas.DataFrame.from_records(list(cursor), columns=columns)
    return answer
