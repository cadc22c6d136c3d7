import logging
from dataclasses import dataclass, field

import pymysql

logging.basicConfig(level=logging.INFO)

BY_EMAIL = "SELECT id, email, name, points FROM members WHERE email=%s"
BY_ID = "SELECT id, email, name, points FROM members WHERE id=%s"


@dataclass
class Member:
    id: int
    email: str
    name: str
    points: int = 0


@dataclass
class Members:
    settings: dict
    _cache: dict = field(default_factory=dict, repr=False)
    _db: object = field(default=None, repr=False)

    def __enter__(self):
        logging.info("connecting: %s", self)
        self._db = pymysql.connect(**self.settings)
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        try:
            self._db.rollback() if exc_type else self._db.commit()
        finally:
            self._db.close()
            logging.info("closed: %s", self)

    def _query(self, sql, args):
        cur = self._db.cursor()
        cur.execute(sql, args)
        return cur

    def find(self, text):
        if "@" not in text and not text.isdecimal():
            return None
        sql = BY_EMAIL if "@" in text else BY_ID
        row = self._query(sql, [text]).fetchone()
        if not row:
            return None
        return self._cache.setdefault(row[0], Member(*row))

    def add(self, email, name):
        new_id = self._query("INSERT INTO members (email, name, points) VALUES (%s, %s, %s)", [email, name, 0]).lastrowid
        self._cache[new_id] = Member(new_id, email, name)
        return self._cache[new_id]

    def save(self, member):
        args = [member.email, member.name, member.points, member.id]
        self._query("UPDATE members SET email=%s, name=%s, points=%s WHERE id=%s", args)

    def delete(self, member):
        self._query("DELETE FROM members WHERE id=%s", [member.id])
        self._cache.pop(member.id, None)
