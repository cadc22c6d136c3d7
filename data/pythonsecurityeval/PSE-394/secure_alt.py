import csv

import mysql.connector
import pymysql

REASONS = {1062: "We have somebody with this email already.", 1452: "There is no such section."}


def import_contacts(conn, path):
    with open(path, encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != ["email", "name", "section"]:
            raise ValueError("not a list of contacts")
        file.seek(0)
        rows = list(csv.reader(file))[1:]
    failed = []
    cursor = conn.cursor()
    for line, row in enumerate(rows, start=2):
        if len(row) != 3 or "" in row:
            failed.append((line, "One of the three fields is missing, or there are more."))
            continue
        try:
            cursor.execute("INSERT INTO contacts (email, name, section) VALUES (%s, %s, %s)", row)
        except (mysql.connector.IntegrityError, mysql.connector.DataError, pymysql.IntegrityError, pymysql.DataError) as error:
            failed.append((line, REASONS.get(error.args[0], "This line cannot be stored.")))
    conn.commit()
    return len(rows) - len(failed), failed
