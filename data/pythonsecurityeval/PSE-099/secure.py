from sqlalchemy import MetaData, Table, inspect


def drop_scratch(engine, name):
    if not name.startswith("tmp_"):
        raise PermissionError(f"{name!r} is no scratch table")
    with engine.begin() as connection:
        if name not in inspect(connection).get_table_names():
            return False
        Table(name, MetaData(), quote=True).drop(connection, checkfirst=False)
    return True
