import os
import re
import stat

import pymysql

_SECTION = "mysql"
_REQUIRED = ("host", "user", "password", "database")
_OPTIONS = _REQUIRED + ("port",)
_DEFAULT_PORT = 3306

_OTHERS_ACCESS = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
_NAME = re.compile(r"[^\W\d][\w-]{0,39}")
_KNOWN_AT_START = re.compile(r"(host|user|password|database|port)(?![\w-])")

# The texts of the errors are read by the whole company. So they never contain
# anything that might be (a part of) a value; of a line that makes no sense
# they tell the number, and the option only if it's one that we know.


def _nonsense(number: int, line: str = "") -> ValueError:
    known = _KNOWN_AT_START.match(line)
    if known:
        return ValueError(f"line {number} makes no sense (option '{known[1]}')")
    return ValueError(f"line {number} makes no sense")


def _read(path: str) -> str:
    with open(path, "rb") as file:
        # Asked of the open file, so it's the one that is read afterwards.
        if os.fstat(file.fileno()).st_mode & _OTHERS_ACCESS:
            raise PermissionError(
                "the database configuration may be read or changed by others than its owner"
            )
        raw = file.read()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Outside of the handler: the original error carries the file's contents.
    raise ValueError("the file is not UTF-8")


def _parse(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    section = None
    found = False

    for number, full_line in enumerate(text.split("\n"), 1):
        full_line = full_line.removesuffix("\r")
        line = full_line.strip(" \t")
        if not line or line[0] in "#;":
            continue

        if line[0] == "[":
            if len(line) < 3 or line[-1] != "]":
                raise _nonsense(number)
            section = line[1:-1]
            if section == _SECTION:
                if found:
                    raise ValueError(f"section [{_SECTION}] is there twice")
                found = True
            continue

        if section is None:
            raise _nonsense(number, line)
        if section != _SECTION:
            if not re.match(r"[^=:]+[=:]", line):
                raise _nonsense(number)
            continue

        before, equals, after = line.partition("=")
        key = before.rstrip(" \t")
        value = after.lstrip(" \t")
        if not equals or not _NAME.fullmatch(key):
            raise _nonsense(number, line)
        if key not in _OPTIONS:
            # Perhaps the rest of a password that was broken over two lines,
            # like "c2VjcmV0==", rather than the name of an option.
            indented = full_line[0] in " \t"
            padded = key == before and not value.strip("=")
            if indented or padded:
                raise _nonsense(number)
            raise ValueError(f"unknown option '{key}' in section [{_SECTION}]")
        if key in values:
            raise ValueError(f"option '{key}' is there twice")
        if not value:
            raise ValueError(f"option '{key}' is empty")
        values[key] = value

    if not found:
        raise ValueError(f"section [{_SECTION}] is missing")
    for key in _REQUIRED:
        if key not in values:
            raise ValueError(f"option '{key}' is missing")
    return values


def _port(values: dict[str, str]) -> int:
    if "port" not in values:
        return _DEFAULT_PORT
    if re.fullmatch(r"[0-9]{1,5}", values["port"]):
        port = int(values["port"])
        if 1 <= port <= 65535:
            return port
    raise ValueError("option 'port' is not a number from 1 to 65535")


def open_shop(path: str):
    """Return an open connection to the MySQL server that an INI file names."""
    values = _parse(_read(path))
    port = _port(values)

    # PyMySQL would encode a str as Latin-1.
    password = values["password"]
    return pymysql.connect(
        host=values["host"],
        port=port,
        user=values["user"],
        password=password if password.isascii() else password.encode("utf-8"),
        database=values["database"],
        charset="utf8mb4",
    )
