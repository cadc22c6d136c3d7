from urllib.parse import unquote, urlsplit

import pymysql


def open_admin(url):
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme != "mysql" or not user or not parts.hostname:
        raise ValueError("not the setting of a MySQL server")
    if user == "root" or not password:
        raise PermissionError("root, and accounts without a password, are not for tools")
    database = unquote(parts.path.lstrip("/")) or None
    return pymysql.connect(host=parts.hostname, port=parts.port or 3306, user=user, password=password, database=database)
