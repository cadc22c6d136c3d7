import re
from unicodedata import normalize

from sqlalchemy import column, create_engine, event, exists, func, select, table
from sqlalchemy.pool import NullPool

PLAYERS = table("players", column("nickname"))


def key(text):
    if text is None:
        return None
    plain = normalize("NFKD", text).casefold()
    return re.sub(r"\s+", "", normalize("NFKC", normalize("NFKD", plain).casefold()))


def is_taken(path, nickname):
    sought = key(nickname)
    if len(nickname) > 64 or sought == "":
        raise ValueError("nickname is empty or too long")
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    event.listen(engine, "connect", lambda raw, record: raw.create_function("nickname_key", 1, key))
    with engine.connect() as connection:
        query = select(exists().select_from(PLAYERS).where(func.nickname_key(PLAYERS.c.nickname) == sought))
        return bool(connection.scalar(query))
