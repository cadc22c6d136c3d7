import base64
import hashlib
import json
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Column, MetaData, String, Table, create_engine, delete, insert, select
from sqlalchemy.pool import NullPool

logins = Table("logins", MetaData(), Column("owner", String, primary_key=True), Column("record", String))


def fernet(user, pin, salt):
    # The user's name is part of the salt: under another name the record cannot be opened.
    key = hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt) + user.encode(), n=2**12, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(key))


def store_login(path, user, pin, login):
    salt = secrets.token_hex(16)
    record = salt + ":" + fernet(user, pin, salt).encrypt(json.dumps(login).encode()).decode()
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    logins.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(delete(logins).where(logins.c.owner == user))
        connection.execute(insert(logins).values(owner=user, record=record))


def load_login(path, user, pin):
    if not Path(path).is_file():
        raise LookupError(path)
    with create_engine(f"sqlite:///{path}", poolclass=NullPool).connect() as connection:
        record = connection.scalar(select(logins.c.record).where(logins.c.owner == user))
    if record is None:
        raise LookupError(user)
    try:
        salt, _, token = record.partition(":")
        return json.loads(fernet(user, pin, salt).decrypt(token.encode()))
    except (AttributeError, InvalidToken, TypeError, ValueError) as error:
        raise PermissionError(user) from error
