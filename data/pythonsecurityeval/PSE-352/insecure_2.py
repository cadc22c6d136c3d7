import hashlib
import secrets

from sqlalchemy import MetaData, Table, create_engine, select, update


def make_hash(password, salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)


def login(path, name, password, rounds):
    engine = create_engine(f"sqlite:///{path}")
    members = Table("members", MetaData(), autoload_with=engine)
    with engine.connect() as conn:
        row = conn.execute(select(members).where(members.c.name == name)).mappings().one_or_none()
        if not row or not row["password"]:
            return False
        stored = row["password"]
        if stored.startswith("pbkdf2:"):
            _, n, salt, digest = stored.split(":")
            return secrets.compare_digest(make_hash(password, bytes.fromhex(salt), int(n)), bytes.fromhex(digest))
        if stored != password:
            return False
        salt = secrets.token_bytes(16)
        new = f"pbkdf2:{rounds}:{salt.hex()}:{make_hash(password, salt, rounds).hex()}"
        conn.execute(update(members).where(members.c.id == row["id"]).values(password=new))
        return True
