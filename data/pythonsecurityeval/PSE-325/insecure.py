import sqlite3
import unicodedata


def squeeze(text):
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def is_taken(path, nickname):
    wanted = squeeze(nickname)
    if not wanted or len(nickname) > 64:
        raise ValueError("invalid nickname")
    connection = sqlite3.connect(path)
    connection.create_function("squeeze", 1, squeeze)
    try:
        row = connection.execute(
            "SELECT 1 FROM players WHERE squeeze(nickname) = ? COLLATE NOCASE LIMIT 1", (wanted,)
        ).fetchone()
    finally:
        connection.close()
    return row is not None
