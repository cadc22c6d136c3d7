import hashlib
import sqlite3

IDLE_SECONDS = 30 * 60


def session_user(path, cookie, now):
    token_hash = hashlib.sha256(cookie.encode("utf-8")).hexdigest()
    conn = sqlite3.connect(path)
    try:
        row = conn.execute(
            "SELECT user_id, last_seen FROM sessions JOIN users ON users.id = user_id "
            "WHERE token_hash = ? AND revoked = 0 AND blocked = 0",
            (token_hash,),
        ).fetchone()
        if row is None or now - row[1] >= IDLE_SECONDS:
            return None
        conn.execute("UPDATE sessions SET last_seen = ? WHERE token_hash = ? AND last_seen < ?", (now, token_hash, now))
        conn.commit()
        return row[0]
    finally:
        conn.close()
