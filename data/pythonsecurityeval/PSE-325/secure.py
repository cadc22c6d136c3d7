import sqlite3
import unicodedata
from contextlib import closing


def folded(text):
    text = unicodedata.normalize("NFKC", "".join(text.split())).casefold()
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_taken(path, nickname):
    wanted = folded(nickname)
    if not wanted or len(nickname) > 64:
        raise ValueError("not a nickname that can be had")
    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT nickname FROM players WHERE nickname IS NOT NULL")
        return any(folded(name) == wanted for (name,) in stored)
