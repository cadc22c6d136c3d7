import hashlib


def attach(connection, ticket, name, data):
    key = hashlib.sha256(data).hexdigest()
    place = (ticket, name)
    with connection:
        known = connection.execute("SELECT 1 FROM contents WHERE key = ?", (key,)).fetchone()
        connection.execute(
            "INSERT INTO contents VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET uses = uses + 1", (key, data)
        )
        before = connection.execute("SELECT content FROM attachments WHERE ticket = ? AND name = ?", place).fetchone()
        connection.execute("REPLACE INTO attachments VALUES (?, ?, ?)", (*place, key))
        if before:
            connection.execute("UPDATE contents SET uses = uses - 1 WHERE key = ?", before)
            connection.execute("DELETE FROM contents WHERE uses = 0")
    return known is None
