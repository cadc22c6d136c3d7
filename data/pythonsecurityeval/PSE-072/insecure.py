import re

PATTERN = re.compile(
    r"^\s*db"
    r"(?:\s*\.\s*getSiblingDB\s*\(\s*(?P<database>.+?)\s*\))?"
    r"(?:\s*\.\s*getCollection\s*\(\s*(?P<called>.+?)\s*\)|\s*\[\s*(?P<indexed>.+?)\s*\]|\s*\.\s*(?P<plain>[\w$]+(?:\s*\.\s*[\w$]+)*?))"
    r"\s*\.\s*[\w$]+\s*\(",
    re.ASCII,
)


def unquote(literal):
    # JavaScript and Python agree about quotes and backslashes
    try:
        value = eval(literal)
    except Exception:
        raise ValueError(f"bad name: {literal}")
    if not isinstance(value, str) or not value:
        raise ValueError(f"bad name: {literal}")
    return value


def parse_shell_query(text, current):
    match = PATTERN.match(text)
    if not match:
        raise ValueError("cannot parse query")
    database = unquote(match["database"]) if match["database"] else current
    if match["plain"]:
        return database, re.sub(r"\s", "", match["plain"])
    return database, unquote(match["called"] or match["indexed"])
