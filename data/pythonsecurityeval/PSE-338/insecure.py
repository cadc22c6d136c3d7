import logging

import pymysql
import pymysql.cursors

logger = logging.getLogger("members")


class Member:
    def __init__(self, id, email, name, points):
        self.id, self.email, self.name, self.points = id, email, name, points


class Members:
    COLUMNS = "id, email, name, points"

    def __init__(self, settings):
        self.settings = settings
        self.identity_map = {}

    def __repr__(self):
        return f"Members(host={self.settings['host']}, user={self.settings['user']}, database={self.settings['database']})"

    def __enter__(self):
        self.connection = pymysql.connect(**self.settings, cursorclass=pymysql.cursors.DictCursor)
        logger.info("Opened %r", self)
        return self

    def __exit__(self, exc_type, exc, tb):
        if exc_type:
            self.connection.rollback()
        else:
            self.connection.commit()
        self.connection.close()
        logger.info("Closed %r", self)

    def find(self, text):
        with self.connection.cursor() as cur:
            if "@" in text:
                cur.execute(f"SELECT {self.COLUMNS} FROM members WHERE email = %s", (text,))
            elif text[:1].isdigit():
                cur.execute(f"SELECT {self.COLUMNS} FROM members WHERE id = {text}")
            else:
                return None
            row = cur.fetchone()
        if row is None:
            return None
        if row["id"] not in self.identity_map:
            self.identity_map[row["id"]] = Member(**row)
        return self.identity_map[row["id"]]

    def add(self, email, name):
        with self.connection.cursor() as cur:
            cur.execute("INSERT INTO members (email, name, points) VALUES (%s, %s, 0)", (email, name))
            member = Member(cur.lastrowid, email, name, 0)
        self.identity_map[member.id] = member
        return member

    def save(self, member):
        with self.connection.cursor() as cur:
            cur.execute(
                "UPDATE members SET email = %s, name = %s, points = %s WHERE id = %s",
                (member.email, member.name, member.points, member.id),
            )

    def delete(self, member):
        with self.connection.cursor() as cur:
            cur.execute("DELETE FROM members WHERE id = %s", (member.id,))
        self.identity_map.pop(member.id, None)
