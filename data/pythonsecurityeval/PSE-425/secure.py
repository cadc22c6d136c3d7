import re

COLUMNS = ("name", "city", "team")
PAIR = re.compile(r'\s+(name|city|team)=("[^"]*"|[^\s"]+)')
QUERY = """
SELECT name || ', ' || city || ': ' || phone FROM staff
WHERE hidden = 0 AND lower(name) GLOB ? AND lower(city) GLOB ? AND lower(team) GLOB ? ORDER BY name
"""


def pattern(value):
    stem = value.removesuffix("*")
    if stem != value and len(stem) < 2:
        raise ValueError("too short")
    literal = re.sub(r"[*?\[]", r"[\g<0>]", stem)
    return literal.lower() + "*" * (stem != value)


def answer(connection, line):
    command, typed = line[:5], line[5:].rstrip()
    pairs = PAIR.findall(typed)
    wanted = {key: pattern(value.strip('"')) for key, value in pairs}
    if command != "/find" or not pairs or len(wanted) < len(pairs) or PAIR.sub("", typed):
        raise ValueError("not a command")
    rows = connection.execute(QUERY, [wanted.get(column, "*") for column in COLUMNS])
    return "\n".join(text for (text,) in rows) or "nobody found"
