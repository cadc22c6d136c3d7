import re


def answer(connection, line):
    if not re.fullmatch(r'/find(\s+(name|city|team)=("[^"]*"|\S+))+\s*', line):
        raise ValueError("usage: /find name=... city=... team=...")
    conditions = {}
    for key, value in re.findall(r'\s(\w+)=("[^"]*"|\S+)', line):
        if key in conditions:
            raise ValueError(f"{key} given twice")
        value = value.strip('"')
        if value.endswith("*"):
            start = value[:-1]
            if len(start) < 2:
                raise ValueError("at least two characters before *")
            conditions[key] = f'substr(lower({key}), 1, {len(start)}) = lower("{start}")'
        else:
            conditions[key] = f'lower({key}) = lower("{value}")'
    # double quotes, so that O'Brien works
    where = " AND ".join(conditions.values())
    rows = connection.execute(f"SELECT name, city, phone FROM staff WHERE hidden = 0 AND {where} ORDER BY name").fetchall()
    return "\n".join(f"{name}, {city}: {phone}" for name, city, phone in rows) or "nobody found"
