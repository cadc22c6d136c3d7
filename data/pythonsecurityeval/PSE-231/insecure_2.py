import os
import stat
from configparser import Error, RawConfigParser

import mysql.connector

OPTIONS = ("host", "user", "password", "database", "port")


def open_shop(path):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    if os.stat(path).st_mode & stat.S_IROTH:
        raise PermissionError(f"{path} is world-readable, please chmod 600 it")
    config = RawConfigParser()
    try:
        config.read(path, encoding="utf-8")
    except Error:
        raise ValueError("config file cannot be parsed") from None
    if "mysql" not in config:
        raise ValueError("section [mysql] not found")
    settings = {"port": "3306", **config["mysql"]}
    for name in OPTIONS:
        if not settings.get(name):
            raise ValueError(f"option {name} missing")
    for name in settings:
        if name not in OPTIONS:
            raise ValueError(f"unknown option {name}")
    if not settings["port"].isdigit() or not 0 < int(settings["port"]) < 65536:
        raise ValueError("option port must be a number from 1 to 65535")
    settings["port"] = int(settings["port"])
    return mysql.connector.connect(**settings)
