import hashlib


def attach(connection, ticket, name, data):
    digest = hashlib.md5(data).hexdigest()
    cur = connection.cursor()
    cur.execute("SELECT content FROM attachments WHERE ticket = ? AND name = ?", (ticket, name))
    row = cur.fetchone()
    if row and row[0] == digest:
        return False
    if row:
        cur.execute("UPDATE contents SET uses = uses - 1 WHERE key = ?", (row[0],))
    cur.execute("UPDATE contents SET uses = uses + 1 WHERE key = ?", (digest,))
    is_new = cur.rowcount == 0
    if is_new:
        cur.execute("INSERT INTO contents VALUES (?, ?, 1)", (digest, data))
    cur.execute("INSERT OR REPLACE INTO attachments VALUES (?, ?, ?)", (ticket, name, digest))
    cur.execute("DELETE FROM contents WHERE uses <= 0")
    connection.commit()
    return is_new
