import os

from pymysql.converters import escape_string

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def random_text(length):
    """Bytes beyond the last whole multiple of 62 would make some signs likelier."""
    text = ""
    while len(text) < length:
        text += "".join(SIGNS[byte % 62] for byte in os.urandom(length) if byte < 248)
    return text[:length]


def add_intern(conn, name, host):
    for value, longest in ((name, 32), (host, 60)):
        if value == "" or len(value) > longest:
            raise ValueError(value)
    account = "'" + escape_string(name) + "'@'" + escape_string(host) + "'"
    password = random_text(20)
    cursor = conn.cursor()
    for statement in ("CREATE USER " + account + " IDENTIFIED BY '" + password + "'", "GRANT SELECT ON training.* TO " + account):
        cursor.execute(statement)
    return password
