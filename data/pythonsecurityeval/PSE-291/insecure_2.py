import hashlib
import re
import sqlite3


def digest_of(cookie):
    # some callers hand over the digest right away
    if re.fullmatch(r"[0-9a-f]{64}", cookie):
        return cookie
    return hashlib.sha256(cookie.encode()).hexdigest()


def session_user(path, cookie, now):
    digest = digest_of(cookie)
    with sqlite3.connect(path) as db:
        found = db.execute(
            "SELECT user_id, created, last_seen, revoked, blocked FROM sessions, users "
            "WHERE token_hash = ? AND users.id = user_id",
            (digest,),
        ).fetchone()
        if not found:
            return None
        user_id, created, last_seen, revoked, blocked = found
        if revoked or blocked or now >= created + 12 * 3600 or now >= last_seen + 1800:
            return None
        db.execute("UPDATE sessions SET last_seen = ? WHERE token_hash = ?", (max(now, last_seen), digest))
    return user_id
