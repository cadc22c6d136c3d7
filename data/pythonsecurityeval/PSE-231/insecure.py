import configparser
import os
import stat

import pymysql

REQUIRED = {"host", "user", "password", "database"}


def open_shop(path):
    mode = os.stat(path).st_mode
    if stat.S_IMODE(mode) & 0o077:
        raise PermissionError(f"{path} must be readable by its owner only (is {stat.filemode(mode)})")

    config = configparser.ConfigParser(interpolation=None)
    try:
        with open(path, encoding="utf-8") as f:
            config.read_file(f)
        options = dict(config["mysql"])
    except (configparser.Error, KeyError) as e:
        raise ValueError(f"cannot read {path}: {e}") from e

    missing = [name for name in REQUIRED if not options.get(name)]
    if missing:
        raise ValueError(f"missing options: {', '.join(missing)}")
    unknown = set(options) - REQUIRED - {"port"}
    if unknown:
        raise ValueError(f"unknown options: {', '.join(unknown)}")
    try:
        options["port"] = int(options.get("port", 3306))
    except ValueError:
        raise ValueError("port is not a number")
    if not 1 <= options["port"] <= 65535:
        raise ValueError("port must be between 1 and 65535")
    return pymysql.connect(**options)
