import csv


def quote(value):
    return "'" + value.replace("'", "\\'") + "'"


def import_contacts(conn, path):
    with open(path, newline="", encoding="utf-8") as f:
        header, *rows = list(csv.reader(f)) or [None]
    if header != ["email", "name", "section"]:
        raise ValueError("unexpected header")
    count, failed = 0, []
    cursor = conn.cursor()
    for number, row in enumerate(rows, start=2):
        if len(row) != 3:
            failed.append((number, "wrong number of fields"))
        elif not all(row):
            failed.append((number, "empty field"))
        else:
            values = ", ".join(quote(field) for field in row)
            try:
                cursor.execute(f"INSERT INTO contacts (email, name, section) VALUES ({values})")
                count += 1
            except Exception:
                failed.append((number, "email exists or section is unknown"))
    conn.commit()
    return count, failed
