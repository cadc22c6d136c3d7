import re

SPACE = re.compile(r"(?:\s|--[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)+")
STRING = re.compile(r"'(?:[^']+|'')*'")
QUOTED = re.compile(r'"(?:[^"]+|"")*"')
NUMBER = re.compile(r"\d[\w.]*", re.A)
WORD = re.compile(r"[A-Za-z_]\w*", re.A)


def tokenize(sql, keywords):
    pos = 0
    while pos < len(sql):
        if m := SPACE.match(sql, pos):
            pass
        elif m := STRING.match(sql, pos) or NUMBER.match(sql, pos):
            yield "value", m.group()
        elif m := QUOTED.match(sql, pos):
            yield "name", m.group()[1:-1].replace('""', '"')
        elif m := WORD.match(sql, pos):
            word = m.group()
            yield ("keyword", word.upper()) if word.upper() in keywords else ("name", word)
        elif sql[pos] in "'\"" or sql.startswith("/*", pos):
            raise ValueError(f"unclosed {sql[pos]} at {pos}")
        else:
            yield "char", sql[pos]
            pos += 1
            continue
        pos = m.end()
    yield "eof", ""
    yield "eof", ""


def names_in(sql, keywords):
    tokens = list(tokenize(sql, keywords))
    tables, columns, aliases = set(), set(), set()
    last = ("eof", "")
    skip = 0
    for i, (kind, value) in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        if kind == "name":
            if last in [("keyword", k) for k in ("FROM", "JOIN", "INTO", "UPDATE")]:
                if tokens[i + 1] == ("char", ".") and tokens[i + 2][0] == "name":
                    value = f"{value}.{tokens[i + 2][1]}"
                    skip = 2
                tables.add(value)
            elif last == ("keyword", "AS"):
                aliases.add(value)
            elif tokens[i + 1] not in (("char", "."), ("char", "(")):
                columns.add(value)
        last = (kind, value)
    return sorted(tables), sorted(columns - aliases)
