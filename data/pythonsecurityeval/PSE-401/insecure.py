import secrets
import string


def quote(value):
    return "'" + value.replace("'", "''") + "'"


def add_intern(conn, name, host):
    if not name or len(name) > 32:
        raise ValueError("name must have 1 to 32 characters")
    if not host or len(host) > 60:
        raise ValueError("host must have 1 to 60 characters")
    alphabet = string.ascii_letters + string.digits
    password = "".join(secrets.choice(alphabet) for _ in range(20))
    account = f"{quote(name)}@{quote(host)}"
    cursor = conn.cursor()
    cursor.execute(f"CREATE USER {account} IDENTIFIED BY '{password}'")
    cursor.execute(f"GRANT SELECT ON training.* TO {account}")
    cursor.close()
    return password
