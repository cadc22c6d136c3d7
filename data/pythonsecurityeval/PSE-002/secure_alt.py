from sqlalchemy import create_engine, func, inspect, literal, select, table as sql_table
from sqlalchemy.pool import NullPool


def count_rows(path, table, hidden, cap):
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    out_of_sight = [name.casefold() for name in hidden]
    for name in inspect(engine).get_table_names():
        if name.casefold() == table.casefold() and name.casefold() not in out_of_sight:
            first_rows = select(literal(1)).select_from(sql_table(name)).limit(cap).subquery()
            with engine.connect() as connection:
                return connection.scalar(select(func.count()).select_from(first_rows))
    raise ValueError("unknown table")
