import re

from sqlalchemy import create_engine, text


def list_tables(url, tenant):
    if not re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", tenant):
        raise ValueError(f"invalid tenant: {tenant!r}")
    engine = create_engine(url)
    query = text(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name LIKE :prefix || '%'"
    )
    with engine.connect() as conn:
        tables = conn.execute(query, {"prefix": tenant + "__"}).scalars().all()
    return sorted(t[len(tenant) + 2 :] for t in tables)
