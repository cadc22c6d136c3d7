import re

TOKENS = re.compile(
    r"""(/\*.*?\*/|--[^\n]*)|('(?:[^']|'')*'|\d[\w.]*)|"((?:[^"]|"")*)"|([a-zA-Z_]\w*)|(/\*|\S)""",
    re.DOTALL | re.ASCII,
)
TABLE_WORDS = {"FROM", "JOIN", "INTO", "UPDATE"}


def names_in(sql, keywords):
    tokens = []
    for comment, literal, quoted, word, sign in TOKENS.findall(sql):
        if comment:
            continue
        if word:
            tokens.append(("keyword", word.upper()) if word.upper() in keywords else ("name", word))
        elif sign or literal:
            tokens.append(("sign", sign))
        else:
            tokens.append(("name", quoted.replace('""', '"')))
    for kind, text in tokens:
        if kind == "sign" and text in ("'", '"', "/*"):
            raise ValueError("unterminated quote or comment")

    tables, columns, aliases = set(), set(), set()
    tokens += [("end", ""), ("end", "")]
    previous = None
    i = 0
    while i < len(tokens):
        kind, text = tokens[i]
        if kind == "name":
            if previous in TABLE_WORDS:
                if tokens[i + 1] == ("sign", ".") and tokens[i + 2][0] == "name":
                    text += "." + tokens[i + 2][1]
                    i += 2
                tables.add(text)
            elif previous == "AS":
                aliases.add(text)
            elif tokens[i + 1] not in [("sign", "."), ("sign", "(")]:
                columns.add(text)
        previous = text if kind == "keyword" else None
        i += 1
    return sorted(tables), sorted(columns - aliases)
