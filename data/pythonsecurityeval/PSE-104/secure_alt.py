import sqlite3


def matches(name, pattern):
    """Goes back to the last star only, so the work is at most the product of the two lengths."""
    place = start = 0
    star = None
    while place < len(name):
        if start < len(pattern) and pattern[start] == "*":
            star, mark = start, place
            start += 1
        elif start < len(pattern) and pattern[start] in ("?", name[place]):
            place, start = place + 1, start + 1
        elif star is not None:
            mark += 1
            place, start = mark, star + 1
        else:
            return False
    return not pattern[start:].strip("*")


def table_names(path, pattern):
    connection = sqlite3.connect(path)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = ?", ("table",))}
        tables -= {row[0] for row in connection.execute("SELECT name FROM _hidden")} | {"_hidden"}
    finally:
        connection.close()
    return [name for name in sorted(tables) if name[:7] != "sqlite_" and matches(name, pattern)]
