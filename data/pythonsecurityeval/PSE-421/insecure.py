from urllib.parse import unquote, urlparse

import pymysql


def open_admin(url):
    parsed = urlparse(url)
    if parsed.scheme != "mysql" or not parsed.hostname or not parsed.username:
        raise ValueError(f"bad database setting for {parsed.hostname}")
    if parsed.password is None:
        raise PermissionError("the database account needs a password")
    user = unquote(parsed.username)
    if user == "root":
        raise PermissionError("do not connect as root")
    return pymysql.connect(
        host=parsed.hostname,
        port=parsed.port or 3306,
        user=user,
        password=unquote(parsed.password),
        database=parsed.path[1:] or None,
    )
