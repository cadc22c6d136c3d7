from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError


def append_frame(path, table, frame):
    engine = create_engine(f"sqlite:///{path}")
    try:
        inspector = inspect(engine)
        if table not in inspector.get_table_names():
            raise ValueError(f"no table {table!r}")
        names = {column["name"] for column in inspector.get_columns(table)}
        if len(frame.columns) != len(names) or set(frame.columns) != names:
            raise ValueError("other columns than the table's")
        with engine.begin() as connection:
            frame.to_sql(table, connection, if_exists="append", index=False)
    except SQLAlchemyError as error:
        raise ValueError("not appended") from error
    finally:
        engine.dispose()
    return len(frame)
