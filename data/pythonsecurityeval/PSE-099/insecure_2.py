from sqlalchemy import MetaData, Table, text
from sqlalchemy.schema import DropTable

SCRATCH = text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'tmp_%'")


def drop_scratch(engine, name):
    with engine.begin() as connection:
        if name in connection.execute(SCRATCH).scalars().all():
            connection.execute(DropTable(Table(name, MetaData(), quote=True)))
            return True
    if name.startswith("tmp_"):
        return False
    raise PermissionError(f"{name} is not a scratch table")
