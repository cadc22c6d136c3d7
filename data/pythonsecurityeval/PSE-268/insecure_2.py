import re

import mysql.connector


def run_report(db, name, fields):
    connection = mysql.connector.connect(**db)
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT query FROM reports WHERE name = %s AND public", (name,))
        report = cursor.fetchone()
        if report is None:
            raise KeyError(f"no report {name}")

        params = []

        def bind(match):
            value = fields[match["field"]]
            params.append(f"%{value}%" if match["like"] else value)
            return "%s"

        query = re.sub(r"\{(?P<like>~?)(?P<field>[A-Za-z]+)\}", bind, report[0])
        cursor.execute(query, tuple(params))
        return cursor.fetchall()
    finally:
        connection.close()
