from urllib.parse import unquote, urlsplit

import mysql.connector


def open_admin(url):
    u = urlsplit(url)
    if u.scheme != "mysql":
        raise ValueError("only mysql:// is supported")
    if not u.username or not u.hostname:
        raise ValueError("user or host missing")
    if u.username == "root" or not u.password:
        raise PermissionError("root and empty passwords are not allowed")
    config = {
        "host": u.hostname,
        "port": u.port or 3306,
        "user": unquote(u.username),
        "password": unquote(u.password),
    }
    if u.path.strip("/"):
        config["database"] = u.path.strip("/")
    return mysql.connector.connect(**config)
