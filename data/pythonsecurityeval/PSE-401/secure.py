import secrets
import string

SIGNS = string.ascii_letters + string.digits


def add_intern(conn, name, host):
    if not 0 < len(name) <= 32 or not 0 < len(host) <= 60:
        raise ValueError("name or host is empty or too long")
    password = "".join(secrets.choice(SIGNS) for _ in range(20))
    cursor = conn.cursor()
    cursor.execute("CREATE USER %s@%s IDENTIFIED BY %s", (name, host, password))
    cursor.execute("GRANT SELECT ON training.* TO %s@%s", (name, host))
    return password
