import pandas as pd
from sqlalchemy import create_engine, inspect


def read_tables(url, names):
    engine = create_engine(url)
    try:
        inspector = inspect(engine)
        frames = {}
        for name in set(names).intersection(inspector.get_table_names()):
            columns = [column["name"] for column in inspector.get_columns(name)]
            if "person_id" not in columns:
                frames[name] = pd.read_sql_table(name, engine)
        return frames
    finally:
        engine.dispose()
