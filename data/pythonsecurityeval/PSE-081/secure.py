import re

from sqlalchemy import create_engine, inspect


def list_tables(url, tenant):
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", tenant):
        raise ValueError("no tenant has that name")
    engine = create_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    prefix = tenant + "__"
    return sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))
