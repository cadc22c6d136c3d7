import pandas as pd
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError


def read_tables(url, names):
    engine = create_engine(url)
    result = {}
    with engine.connect() as connection:
        for name in names:
            try:
                rows = connection.execute(text(f"SELECT * FROM `{name}`"))
            except DBAPIError:
                connection.rollback()
                continue
            columns = list(rows.keys())
            if "person_id" in columns:
                continue
            result[name] = pd.DataFrame(rows.fetchall(), columns=columns)
    return result
