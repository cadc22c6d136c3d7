from string import ascii_letters, digits

LETTERS = frozenset(ascii_letters + "_")
INNER = LETTERS | set(digits)
TABLE_FOLLOWS = ("FROM", "JOIN", "INTO", "UPDATE")


def end_of_quoted(sql, start, quote):
    """Where the text goes on behind a quoted part, in which a doubled quote stands for one."""
    while True:
        end = sql.find(quote, start)
        if end < 0:
            raise ValueError(f"{quote} is not closed")
        if sql[end + 1 : end + 2] != quote:
            return end + 1
        start = end + 2


def run(sql, start, characters):
    end = start
    while end < len(sql) and sql[end] in characters:
        end += 1
    return end


def scan(sql):
    """Yields quoted names as 1-tuples, words and signs as text, values as None."""
    at = 0
    while at < len(sql):
        start, first = at, sql[at]
        if sql.startswith("--", at):
            at = (sql.find("\n", at) + 1) or len(sql)
        elif sql.startswith("/*", at):
            if (at := sql.find("*/", at + 2) + 2) == 1:
                raise ValueError("comment is not closed")
        elif first in "'\"":
            at = end_of_quoted(sql, at + 1, first)
            yield (sql[start + 1 : at - 1].replace('""', '"'),) if first == '"' else None
        elif first in digits:
            at = run(sql, at, INNER | {"."})
            yield None
        elif first in LETTERS:
            at = run(sql, at, INNER)
            yield sql[start:at]
        else:
            at += 1
            if not first.isspace():
                yield first


def names_in(sql, keywords):
    parts = [";", ";", ";", *scan(sql), ";", ";"]
    names = [part[0] if isinstance(part, tuple) else part if part and part[0] in LETTERS and part.upper() not in keywords else None for part in parts]
    leads = [part.upper() if isinstance(part, str) and name is None else None for part, name in zip(parts, names)]
    tables, columns, aliases = set(), set(), set()
    for place, name in enumerate(names):
        if name is None or (leads[place - 3] in TABLE_FOLLOWS and names[place - 2] is not None and parts[place - 1] == "."):
            continue
        if leads[place - 1] in TABLE_FOLLOWS:
            half = names[place + 2] if parts[place + 1] == "." else None
            tables.add(name if half is None else f"{name}.{half}")
        elif leads[place - 1] == "AS":
            aliases.add(name)
        elif parts[place + 1] not in (".", "("):
            columns.add(name)
    return sorted(tables), sorted(columns - aliases)
