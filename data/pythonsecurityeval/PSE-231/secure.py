import configparser
import os
import re

import pymysql

NEEDED = ("host", "user", "password", "database")


def open_shop(path):
    with open(path, encoding="utf-8") as file:
        if os.fstat(file.fileno()).st_mode & 0o066:
            raise PermissionError(f"{path} is open to others than its owner")
        parser = configparser.RawConfigParser(default_section="")
        try:
            parser.read_file(file)
        except (configparser.Error, UnicodeDecodeError):
            raise ValueError("the file is no INI file") from None  # the parser quotes what it cannot read
    if not parser.has_section("mysql"):
        raise ValueError("there is no section [mysql]")
    options = dict(parser.items("mysql"))
    for name in NEEDED:
        if not options.get(name):
            raise ValueError(f"option {name} is missing")
    if unknown := options.keys() - {*NEEDED, "port"}:
        raise ValueError(f"option {min(unknown)} is unknown")
    port = options.pop("port", "3306")
    if not re.fullmatch("[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise ValueError("option port is no port number")
    return pymysql.connect(port=int(port), **options)
