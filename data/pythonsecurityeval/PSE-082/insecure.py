import pandas as pd
from sqlalchemy import create_engine, inspect


def append_frame(path, table, frame):
    engine = create_engine(f"sqlite:///{path}")
    if table not in inspect(engine).get_table_names():
        raise ValueError(f"table {table} does not exist")
    existing = pd.read_sql_table(table, engine)
    if sorted(map(str, frame.columns)) != sorted(existing.columns):
        raise ValueError("columns do not match the table")

    combined = pd.concat([existing.astype(object), frame[list(existing.columns)].astype(object)], ignore_index=True)
    # write everything at once, so that there is never half an upload
    combined.to_sql(table, engine, if_exists="replace", index=False)
    return len(frame)
