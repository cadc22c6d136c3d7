import re
from urllib.parse import unquote_plus

SIGNS = re.compile(r"\bunion (?:all )?select\b|['\"] ?(?:or|and)\b|; ?(?:drop|delete|insert|update)\b")


def without_comments(text):
    parts = []
    while True:
        before, start, rest = text.partition("/*")
        _, end, behind = rest.partition("*/")
        if not end:
            return " ".join([*parts, text])
        parts.append(before)
        text = behind


def suspicious(value):
    text = unquote_plus(unquote_plus(value)).lower()
    return SIGNS.search(" ".join(without_comments(text).split())) is not None


def sql_attempts(lines):
    found = []
    for number, line in enumerate(lines, 1):
        quoted = line.split('"')
        request = quoted[1].split(" ") if len(quoted) == 3 else []
        if len(request) != 3 or " - - [" not in quoted[0]:
            continue
        query = request[1].partition("?")[2]
        if any(suspicious(parameter.partition("=")[2]) for parameter in query.split("&")):
            found.append((number, line.partition(" ")[0]))
    return found
