import re
from urllib.parse import unquote

import mysql.connector

SETTING = re.compile(r"mysql://([^:@/]+)(?::([^@/]*))?@([^:@/]+)(?::([0-9]+))?(?:/([^/?#]*))?")


def open_admin(url):
    match = SETTING.fullmatch(url)
    if match is None:
        raise ValueError("expected mysql://user:password@host:port/database")
    user, password, host, port, database = (part and unquote(part) for part in match.groups())
    if not password:
        raise PermissionError("this account has no password")
    if user == "root":
        raise PermissionError("tools do not work as root")
    options = {"database": database} if database else {}
    return mysql.connector.connect(host=host, port=int(port or 3306), user=user, password=password, **options)
