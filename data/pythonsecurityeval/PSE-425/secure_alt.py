import re

TOKEN = re.compile(r'([a-z]+)=(?:"([^"]*)"|([^\s"]+))(?=\s|$)')


def parse(line):
    head, _, rest = line.partition(" ")
    if head != "/find":
        raise ValueError("unknown command")
    conditions, rest = {}, rest.strip()
    while rest:
        match = TOKEN.match(rest)
        if not match or match[1] not in ("name", "city", "team") or match[1] in conditions:
            raise ValueError(f"cannot read {rest!r}")
        value = match[2] if match[2] is not None else match[3]
        if value.endswith("*") and len(value) < 3:
            raise ValueError("more letters, please")
        conditions[match[1]] = value.lower()
        rest = rest[match.end() :].lstrip()
    if not conditions:
        raise ValueError("nothing to look for")
    return conditions


def fits(text, value):
    text = (text or "").lower()
    return text.startswith(value[:-1]) if value.endswith("*") else text == value


def answer(connection, line):
    conditions = parse(line)
    found = []
    for name, city, team, phone in connection.execute("SELECT name, city, team, phone FROM staff WHERE hidden = 0"):
        person = {"name": name, "city": city, "team": team}
        if all(fits(person[key], value) for key, value in conditions.items()):
            found.append((name, f"{name}, {city}: {phone}"))
    return "\n".join(text for _, text in sorted(found)) or "nobody found"
