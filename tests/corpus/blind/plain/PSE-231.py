import os
import re

import pymysql

SECTION = "mysql"
REQUIRED = ("host", "user", "password", "database")
OPTIONS = REQUIRED + ("port",)
DEFAULT_PORT = 3306

_OPTION_AT_START = re.compile(rf"({'|'.join(OPTIONS)})\b")


def _bad_line(number: int, line: str) -> ValueError:
    # The texts are public and the line may hold the password: never quote it.
    text = f"line {number} makes no sense"
    match = _OPTION_AT_START.match(line)
    if match:
        text += f" (option {match[1]})"
    return ValueError(text)


def _read_section(lines) -> dict[str, str]:
    options = {}
    section = None
    found = False
    for number, line in enumerate(lines, 1):
        line = line.strip(" \t\n")
        if not line or line[0] in "#;":
            continue

        header = re.fullmatch(r"\[([^\[\]]+)\]", line)
        if header:
            section = header[1].strip(" \t")
            if section == SECTION:
                if found:
                    raise ValueError(f"line {number}: section [{SECTION}] appears twice")
                found = True
            continue
        if section is not None and section != SECTION:
            continue

        key, equals, value = line.partition("=")
        key = key.rstrip(" \t")
        if section is None or not equals or not re.fullmatch(r"[\w.-]+", key):
            raise _bad_line(number, line)
        if key not in OPTIONS:
            raise ValueError(f"line {number}: unknown option {key}")
        if key in options:
            raise ValueError(f"line {number}: option {key} appears twice")
        options[key] = value.lstrip(" \t")

    if not found:
        raise ValueError(f"section [{SECTION}] is missing")
    return options


def _read_settings(path: str) -> dict:
    # Undecodable bytes matter only where we use the text, see below.
    with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
        if os.fstat(file.fileno()).st_mode & 0o066:
            raise PermissionError("others than its owner may read or change the database's INI file")
        options = _read_section(file)

    for name in REQUIRED:
        if not options.get(name):
            raise ValueError(f"option {name} is missing or empty")
    for name, value in options.items():
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError(f"option {name} isn't UTF-8")

    port = DEFAULT_PORT
    if "port" in options:
        if not re.fullmatch(r"[0-9]{1,5}", options["port"]):
            raise ValueError("option port isn't a number from 1 to 65535")
        port = int(options["port"])
        if not 1 <= port <= 65535:
            raise ValueError("option port isn't a number from 1 to 65535")
    return {**options, "port": port}


def open_shop(path: str):
    """Return an open connection to the MySQL server that the INI file describes."""
    settings = _read_settings(path)
    return pymysql.connect(
        host=settings["host"],
        port=settings["port"],
        user=settings["user"],
        # PyMySQL would encode a str as Latin-1.
        password=settings["password"].encode("utf-8"),
        database=settings["database"],
        charset="utf8mb4",
    )
