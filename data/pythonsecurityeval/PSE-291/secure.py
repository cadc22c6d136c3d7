import hashlib
import sqlite3
from contextlib import closing

LIFETIME = 12 * 3600
IDLE = 30 * 60

LIVE = """
SELECT s.rowid, s.user_id FROM sessions AS s JOIN users AS u ON u.id = s.user_id
WHERE s.token_hash = ? AND NOT s.revoked AND NOT u.blocked AND s.created > ? AND s.last_seen > ?
"""


def session_user(path, cookie, now):
    digest = hashlib.sha256(cookie.encode()).hexdigest()
    with closing(sqlite3.connect(path)) as connection, connection:
        row = connection.execute(LIVE, (digest, now - LIFETIME, now - IDLE)).fetchone()
        if row is None:
            return None
        session, user = row
        connection.execute("UPDATE sessions SET last_seen = max(last_seen, ?) WHERE rowid = ?", (now, session))
        return user
