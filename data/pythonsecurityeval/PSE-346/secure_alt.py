from uuid import uuid4

# The bytes themselves are compared; keys mean nothing, and `uses` is counted afresh.
COUNT = "UPDATE contents SET uses = (SELECT count(*) FROM attachments WHERE content = key) WHERE key IN (?, ?)"


def attach(connection, ticket, name, data):
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT key FROM contents WHERE length(data) = length(:data) AND data = :data", {"data": data})
        found = cursor.fetchone()
        key = found[0] if found else uuid4().hex
        if not found:
            cursor.execute("INSERT INTO contents (key, data, uses) VALUES (?, ?, 0)", (key, data))
        old = cursor.execute("SELECT content FROM attachments WHERE (ticket, name) = (?, ?)", (ticket, name)).fetchone()
        if old:
            cursor.execute("DELETE FROM attachments WHERE ticket = ? AND name = ?", (ticket, name))
        cursor.execute("INSERT INTO attachments (ticket, name, content) VALUES (?, ?, ?)", (ticket, name, key))
        cursor.execute(COUNT, (key, old[0] if old else key))
        cursor.execute("DELETE FROM contents WHERE uses < 1")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return not found
