import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from sqlalchemy import URL, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    password: Mapped[str | None]

    def knows(self, typed):
        if not self.password:
            return False
        if not self.password.startswith("pbkdf2:"):
            return self.password == typed
        rounds, salt, wanted = self.password.split(":")[1:]
        try:
            PBKDF2HMAC(SHA256(), 32, bytes.fromhex(salt), int(rounds)).verify(typed.encode(), bytes.fromhex(wanted))
        except InvalidKey:
            return False
        return True

    def upgrade(self, typed, rounds):
        salt = os.urandom(16)
        key = PBKDF2HMAC(SHA256(), 32, salt, rounds).derive(typed.encode())
        self.password = ":".join(("pbkdf2", str(rounds), salt.hex(), key.hex()))


def login(path, name, password, rounds):
    engine = create_engine(URL.create("sqlite", database=path))
    try:
        with Session(engine) as session:
            member = session.scalar(select(Member).where(Member.name == name))
            if member is None or not member.knows(password):
                return False
            if not member.password.startswith("pbkdf2:"):
                member.upgrade(password, rounds)
                session.commit()
            return True
    finally:
        engine.dispose()
