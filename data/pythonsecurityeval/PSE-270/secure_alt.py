import mysql.connector
from mysql.connector.constants import ClientFlag

VERBS = ("select", "with", "insert", "replace", "update", "delete")


def first_word(text):
    text = text.lstrip().lower()
    length = next((n for n, sign in enumerate(text) if not (sign.isalnum() or sign == "_")), len(text))
    return text[:length]


def explain(db, sql):
    if first_word(sql) not in VERBS:
        raise ValueError(f"cannot explain {first_word(sql)!r}")
    connection = mysql.connector.connect(client_flags=[-ClientFlag.MULTI_STATEMENTS], **db)
    try:
        cursor = connection.cursor(dictionary=True)
        cursor.execute(f"EXPLAIN FORMAT=TRADITIONAL {sql}")
        return cursor.fetchall()
    finally:
        connection.close()
