def consenting(connection):
    rows = connection.execute("SELECT name, email, consent FROM subscribers ORDER BY id DESC").fetchall()
    seen = set()
    result = []
    for name, email, consent in rows:
        key = email.casefold()
        if key in seen:
            continue
        seen.add(key)
        if consent != 1:
            continue
        name = " ".join((name or "").split())
        result.append(f'"{name}" <{email}>' if name else email)
    return result[::-1]
