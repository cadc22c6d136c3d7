import string

from sqlalchemy import create_engine, text

LETTERS = frozenset(string.ascii_lowercase + string.digits)
OWN = text(r"""
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name LIKE :pattern
""")


def list_tables(url, tenant):
    if not all(part and LETTERS.issuperset(part) for part in tenant.split("_")):
        raise ValueError(f"{tenant!r} is no tenant")
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            found = connection.execute(OWN, {"pattern": tenant.replace("_", r"\_") + r"\_\_%"}).scalars().all()
    finally:
        engine.dispose()
    return sorted(name[len(tenant) + 2 :] for name in found)
