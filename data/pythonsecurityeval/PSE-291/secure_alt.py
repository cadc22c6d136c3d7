from cryptography.hazmat.primitives import hashes
from sqlalchemy import column, create_engine, select, table, update
from sqlalchemy.pool import NullPool

SESSIONS = table("sessions", *map(column, ("token_hash", "user_id", "created", "last_seen", "revoked")))
USERS = table("users", column("id"), column("blocked"))


def fingerprint(text):
    digest = hashes.Hash(hashes.SHA256())
    digest.update(text.encode("utf-8"))
    return digest.finalize().hex()


def session_user(path, cookie, now):
    engine = create_engine("sqlite:///" + path, poolclass=NullPool)
    own = SESSIONS.c.token_hash == fingerprint(cookie)
    with engine.begin() as connection:
        session = connection.execute(select(SESSIONS).where(own)).first()
        if session is None or session.revoked:
            return None
        if now - session.created >= 43_200 or now - session.last_seen >= 1_800:
            return None
        if connection.scalar(select(USERS.c.blocked).where(USERS.c.id == session.user_id)) != 0:
            return None
        if now > session.last_seen:
            connection.execute(update(SESSIONS).where(own).values(last_seen=now))
        return session.user_id
