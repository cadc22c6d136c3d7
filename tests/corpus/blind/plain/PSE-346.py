import hashlib
import sqlite3


def attach(connection: sqlite3.Connection, ticket: int, name: str, data: bytes) -> bool:
    """Store an attachment; True if its content is new to us."""
    key = hashlib.sha256(data).hexdigest()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        old = connection.execute(
            "SELECT content FROM attachments WHERE ticket = ? AND name = ?",
            (ticket, name),
        ).fetchone()
        if old is not None and old[0] == key:
            return False

        known = connection.execute(
            "UPDATE contents SET uses = uses + 1 WHERE key = ?", (key,)
        ).rowcount > 0
        if not known:
            connection.execute(
                "INSERT INTO contents (key, data, uses) VALUES (?, ?, 1)", (key, data)
            )

        if old is None:
            connection.execute(
                "INSERT INTO attachments (ticket, name, content) VALUES (?, ?, ?)",
                (ticket, name, key),
            )
        else:
            connection.execute(
                "UPDATE attachments SET content = ? WHERE ticket = ? AND name = ?",
                (key, ticket, name),
            )
            connection.execute(
                "UPDATE contents SET uses = uses - 1 WHERE key = ?", old
            )
            connection.execute(
                "DELETE FROM contents WHERE key = ? AND uses <= 0", old
            )
    return not known
