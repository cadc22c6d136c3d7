import os
import sqlite3

import pandas as pd


def table_to_frame(path, table, columns=None, limit=None):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    if table.startswith("_"):
        raise ValueError(f"no such table: {table}")
    wanted = ", ".join(f"[{column}]" for column in columns) if columns else "*"
    query = f"SELECT {wanted} FROM [{table}]"
    if limit is not None:
        query += f" LIMIT {limit}"
    conn = sqlite3.connect(path)
    try:
        return pd.read_sql_query(query, conn)
    except pd.errors.DatabaseError as error:
        raise ValueError(str(error))
    finally:
        conn.close()
