import logging
from dataclasses import dataclass

import pymysql

log = logging.getLogger(__name__)


@dataclass
class Member:
    id: int
    email: str
    name: str
    points: int


class Members:
    def __init__(self, settings):
        self._settings = settings
        self._known = {}

    def __repr__(self):
        return "Members({user!r} at {host!r}, database {database!r})".format_map(self._settings)

    def __enter__(self):
        self._connection = pymysql.connect(**self._settings)
        log.info("begin of %r", self)
        return self

    def __exit__(self, kind, error, traceback):
        try:
            if kind is None:
                self._connection.commit()
            else:
                self._connection.rollback()
        finally:
            self._connection.close()
            self._known.clear()
            log.info("end of %r", self)

    def find(self, text):
        if "@" in text:
            cursor = self._run("SELECT id, email, name, points FROM members WHERE email = %s", text)
        elif text.isascii() and text.isdigit():
            cursor = self._run("SELECT id, email, name, points FROM members WHERE id = %s", int(text))
        else:
            return None
        row = cursor.fetchone()
        return self._known.setdefault(row[0], Member(*row)) if row else None

    def add(self, email, name):
        cursor = self._run("INSERT INTO members (email, name, points) VALUES (%s, %s, 0)", email, name)
        member = self._known[cursor.lastrowid] = Member(cursor.lastrowid, email, name, 0)
        return member

    def save(self, member):
        query = "UPDATE members SET email = %s, name = %s, points = %s WHERE id = %s"
        self._run(query, member.email, member.name, member.points, member.id)

    def delete(self, member):
        self._run("DELETE FROM members WHERE id = %s", member.id)
        self._known.pop(member.id, None)

    def _run(self, query, *values):
        cursor = self._connection.cursor()
        cursor.execute(query, values)
        return cursor
