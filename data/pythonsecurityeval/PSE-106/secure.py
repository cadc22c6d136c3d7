import re

TOKEN = re.compile(
    r"""\s+|--[^\n]*|/\*.*?\*/|(?P<value>'[^']*'(?:'[^']*')*|[0-9][\w.]*)|"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<word>[A-Za-z_]\w*)|(?P<sign>.)""",
    re.S | re.A,
)


def tokens(sql):
    place = 0
    while place < len(sql):
        found = TOKEN.match(sql, place)
        kind, text = found.lastgroup, found[0]
        if text in ("'", '"') or (text == "/" and sql.startswith("/*", place)):
            raise ValueError(f"never closed: position {place}")
        if kind == "quoted":
            yield kind, found["quoted"].replace('""', '"')
        elif kind:
            yield kind, text
        place = found.end()


def names_in(sql, keywords):
    parts = [*tokens(sql), ("sign", ""), ("sign", "")]
    tables, columns, aliases = set(), set(), set()
    before = ""  # the keyword in front
    place = 0
    while place < len(parts) - 2:
        kind, text = parts[place]
        keyword = text.upper() if kind == "word" and text.upper() in keywords else ""
        if kind in ("quoted", "word") and not keyword:
            following, second = parts[place + 1], parts[place + 2]
            if before in ("FROM", "JOIN", "INTO", "UPDATE"):
                dotted = following == ("sign", ".") and second[0] in ("quoted", "word")
                tables.add(f"{text}.{second[1]}" if dotted else text)
                place += 2 if dotted else 0
            elif before == "AS":
                aliases.add(text)
            elif following not in (("sign", "."), ("sign", "(")):
                columns.add(text)
        before = keyword
        place += 1
    return sorted(tables), sorted(columns - aliases)
