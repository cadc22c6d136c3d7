from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, inspect, literal_column, select
from sqlalchemy import table as sql_table
from sqlalchemy.exc import OperationalError


def table_to_frame(path, table, columns=None, limit=None):
    if not Path(path).exists():
        raise FileNotFoundError(path)
    engine = create_engine(f"sqlite:///{path}")
    try:
        if table.startswith("_") or not inspect(engine).has_table(table):
            raise ValueError("no such table")
        names = columns or [column["name"] for column in inspect(engine).get_columns(table)]
        statement = select(*[literal_column(name) for name in names]).select_from(sql_table(table))
        return pd.read_sql(statement.limit(limit), engine)
    except OperationalError as error:
        raise ValueError("no such column") from error
    finally:
        engine.dispose()
