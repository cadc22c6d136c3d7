import re

CLAUSES = {"name": "name LIKE ?", "city": "city LIKE ?", "team": "team LIKE ?"}


def answer(connection, line):
    if not line.startswith("/find "):
        raise ValueError("unknown command")
    rest = line[5:]
    found = re.findall(r'\s+(\w+)=("[^"]*"|[^\s"]+)', rest)
    if not found or re.sub(r'\s+(\w+)=("[^"]*"|[^\s"]+)', "", rest).strip():
        raise ValueError("cannot read the command")
    values = {}
    for key, value in found:
        if key not in CLAUSES or key in values:
            raise ValueError(f"bad key {key}")
        value = value.strip('"')
        if value.endswith("*"):
            if len(value) < 3:
                raise ValueError("at least two characters before *")
            value = value[:-1] + "%"
        values[key] = value
    sql = "SELECT name, city, phone FROM staff WHERE hidden = 0"
    for key in values:
        sql += " AND " + CLAUSES[key]
    rows = connection.execute(sql + " ORDER BY name", list(values.values())).fetchall()
    if not rows:
        return "nobody found"
    return "\n".join(f"{name}, {city}: {phone}" for name, city, phone in rows)
