import stat
from pathlib import Path

import mysql.connector


def section(lines):
    """The options of [mysql]; of a line that makes no sense only the number is told."""
    found, name = {}, None
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line[0] in "#;":
            continue
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            continue
        key, sign, value = line.partition("=")
        if not sign or name is None:
            raise ValueError(f"line {number} makes no sense")
        if name == "mysql":
            found[key.strip().lower()] = value.strip()
    return found


def open_shop(path):
    mode = Path(path).stat().st_mode
    if mode & (stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH):
        raise PermissionError("the file belongs to its owner alone: chmod 600")
    options = section(Path(path).read_text("utf-8").splitlines())
    options.setdefault("port", "3306")
    for key in ("host", "user", "password", "database", "port"):
        if not options.get(key):
            raise ValueError(f"no {key}")
    try:
        options["port"] = int(options["port"])
    except ValueError:
        options["port"] = 0
    if not 0 < options["port"] < 65536:
        raise ValueError("port must be a number from 1 to 65535")
    for key in options:
        if key not in ("host", "user", "password", "database", "port"):
            raise ValueError(f"what is {key}?")
    return mysql.connector.connect(**options)
