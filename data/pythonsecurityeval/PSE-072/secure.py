import re

NAME = r"\s*\.\s*[A-Za-z0-9_$]+"
TEXT = r"""\s*("(?:[^"\\]|\\["'\\])+"|'(?:[^'\\]|\\["'\\])+')\s*"""
DATABASE = rf"(?:\s*\.\s*getSiblingDB\s*\({TEXT}\))?"
COLLECTION = rf"(?:\s*\.\s*getCollection\s*\({TEXT}\){NAME}|\s*\[{TEXT}\]{NAME}|((?:{NAME})+))"
LINE = re.compile(rf"\s*db{DATABASE}{COLLECTION}\s*\(")


def parse_shell_query(text, current):
    found = LINE.match(text)
    if not found:
        raise ValueError("not a line of the Mongo shell")
    database, *quoted, dotted = found.groups()
    database, collection = (re.sub(r"\\(.)", r"\1", (name or "")[1:-1]) for name in (database, quoted[0] or quoted[1]))
    if dotted:
        collection = ".".join(name.strip() for name in dotted.split(".")[1:-1])
    if not collection:
        raise ValueError("no method")
    return database or current, collection
