import re

import pymysql

PLACE = re.compile(r"\{(~?)([A-Za-z]+)\}")


def run_report(db, name, fields):
    values = []

    def mark(place):
        value = fields[place[2]]
        if place[1]:
            value = "%" + re.sub(r"([\\%_])", r"\\\1", value) + "%"
        values.append(value)
        return "%s"

    with pymysql.connect(**db) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT query FROM reports WHERE name = %s AND public = 1", (name,))
        report = cursor.fetchone()
        if report is None:
            raise KeyError(name)
        cursor.execute(PLACE.sub(mark, report[0].replace("%", "%%")), values)
        return list(cursor.fetchall())
