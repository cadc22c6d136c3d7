from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

PREFIX = "tmp_"


def drop_scratch(engine, name):
    if not name.startswith(PREFIX):
        raise PermissionError(f"only {PREFIX}* tables can be dropped")
    try:
        with engine.begin() as conn:
            conn.execute(text(f'DROP TABLE "{name}"'))
    except ProgrammingError as e:
        if "does not exist" in str(e.orig):
            return False
        raise
    return True
