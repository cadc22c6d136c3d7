import sqlite3


def canonical(name):
    return "".join(name.split()).casefold()


def is_taken(path, nickname):
    wanted = canonical(nickname)
    if not wanted or len(nickname) > 64:
        raise ValueError("nickname must have 1 to 64 characters")
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT nickname FROM players WHERE nickname IS NOT NULL")
        return wanted in {canonical(name) for (name,) in names}
