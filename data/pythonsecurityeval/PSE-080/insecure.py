import pandas as pd
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError


def read_tables(url, names):
    engine = create_engine(url)
    frames = {}
    for name in names:
        try:
            df = pd.read_sql(name, engine)
        except SQLAlchemyError:
            # no such table
            continue
        if "person_id" not in df.columns:
            frames[name] = df
    engine.dispose()
    return frames
