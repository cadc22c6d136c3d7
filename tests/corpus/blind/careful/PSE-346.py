import hashlib
import sqlite3


def attach(connection: sqlite3.Connection, ticket: int, name: str, data: bytes) -> bool:
    """Attach a file to a ticket, keeping equal contents only once.

    True if the content is a new one, False if we had it.
    """
    data = bytes(data)
    # Anyone can send us files, so it must be a hash for which nobody can make
    # two different contents with the same key.
    key = hashlib.sha256(data).hexdigest()
    name.encode("utf-8")  # lone surrogates can't be stored: UnicodeEncodeError

    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        # Take the write lock before reading, or the counts could go wrong.
        cursor.execute("BEGIN IMMEDIATE")
        known = (
            cursor.execute("SELECT 1 FROM contents WHERE key = ?", (key,)).fetchone()
            is not None
        )
        row = cursor.execute(
            "SELECT content FROM attachments WHERE ticket = ? AND name = ?",
            (ticket, name),
        ).fetchone()
        previous = None if row is None else row[0]

        if not known:
            cursor.execute(
                "INSERT INTO contents (key, data, uses) VALUES (?, ?, 1)", (key, data)
            )
        elif previous != key:
            cursor.execute("UPDATE contents SET uses = uses + 1 WHERE key = ?", (key,))

        if previous != key:
            if row is None:
                cursor.execute(
                    "INSERT INTO attachments (ticket, name, content) VALUES (?, ?, ?)",
                    (ticket, name, key),
                )
            else:
                cursor.execute(
                    "UPDATE attachments SET content = ? WHERE ticket = ? AND name = ?",
                    (key, ticket, name),
                )
            if previous is not None:
                cursor.execute(
                    "UPDATE contents SET uses = uses - 1 WHERE key = ?", (previous,)
                )
                cursor.execute(
                    "DELETE FROM contents WHERE key = ? AND uses <= 0", (previous,)
                )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        cursor.close()
    return not known
