import hashlib
import os

from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()


class Member(Base):
    __tablename__ = "members"
    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)
    password = Column(String)


def hash_password(password, salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", password.encode("utf-8"), salt, rounds).hex()


def login(path, name, password, rounds):
    engine = create_engine(f"sqlite:///{path}")
    session = sessionmaker(bind=engine)()
    try:
        member = session.query(Member).filter_by(name=name).first()
        if member is None or not member.password:
            return False
        # old row: plain text, upgrade it on the fly
        if member.password == password:
            salt = os.urandom(16)
            member.password = f"pbkdf2:{rounds}:{salt.hex()}:{hash_password(password, salt, rounds)}"
            session.commit()
            return True
        parts = member.password.split(":")
        if parts[0] == "pbkdf2" and len(parts) == 4:
            return hash_password(password, bytes.fromhex(parts[2]), int(parts[1])) == parts[3].lower()
        return False
    finally:
        session.close()
