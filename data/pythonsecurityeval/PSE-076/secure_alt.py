from sqlalchemy import URL, create_engine, inspect
from sqlalchemy.pool import NullPool
from sqlalchemy.types import NullType


def folded(name):
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def column_names(path, table):
    engine = create_engine(URL.create("sqlite", database=path), poolclass=NullPool)
    inspector = inspect(engine)
    visible = {}
    for name in [*inspector.get_table_names(), *inspector.get_view_names()]:
        if not folded(name).startswith(("x_", "sqlite_")):
            visible[folded(name)] = name
    listed = []
    for column in inspector.get_columns(visible[folded(table)]):
        kind = column["type"]
        listed.append((column["name"], "" if isinstance(kind, NullType) else str(kind)))
    return listed
