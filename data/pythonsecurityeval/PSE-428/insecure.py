import re

NAME = r'"(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_]*'
PATTERN = re.compile(rf"^(?:(?P<schema>{NAME})\.)?(?P<table>{NAME})$")


def unquote(name):
    if name.startswith('"'):
        return name[1:-1].replace('""', '"')
    return name.lower()


def table_reference(typed, catalogue):
    match = PATTERN.match(typed.strip())
    if match is None:
        raise ValueError(f"not a table name: {typed!r}")
    schema = unquote(match["schema"] or "main")
    table = unquote(match["table"])
    if schema not in catalogue:
        raise LookupError(f"unknown schema {schema!r}")
    if table not in catalogue[schema]:
        raise LookupError(f"unknown table {table!r}")
    # names may contain quotes, so use brackets
    return f"[{schema}].[{table}]"
