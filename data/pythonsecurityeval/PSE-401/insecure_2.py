import random
import string


def generate_password(length=20):
    return "".join(random.choices(string.ascii_letters + string.digits, k=length))


def add_intern(conn, name, host):
    if not (1 <= len(name) <= 32 and 1 <= len(host) <= 60):
        raise ValueError("bad name or host")
    password = generate_password()
    with conn.cursor() as cur:
        cur.execute("CREATE USER %s@%s IDENTIFIED BY %s", (name, host, password))
        cur.execute("GRANT SELECT ON training.* TO %s@%s", (name, host))
    return password
