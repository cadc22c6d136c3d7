import re

import sqlalchemy


def list_tables(url, tenant):
    if not re.match(r"^[a-z0-9]+(_[a-z0-9]+)*$", tenant, re.MULTILINE):
        raise ValueError("invalid tenant name")
    prefix = f"{tenant}__"
    sql = f"""
        SELECT substr(table_name, {len(prefix) + 1})
        FROM information_schema.tables
        WHERE table_schema = 'public'
          AND table_type = 'BASE TABLE'
          AND left(table_name, {len(prefix)}) = '{prefix}'
    """
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        return sorted(row[0] for row in connection.execute(sqlalchemy.text(sql)))
