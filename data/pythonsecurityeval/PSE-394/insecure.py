import csv


def import_contacts(conn, path):
    added = 0
    errors = []
    cursor = conn.cursor()
    with open(path, newline="", encoding="utf-8") as f:
        reader = csv.reader(f)
        if next(reader, []) != ["email", "name", "section"]:
            raise ValueError("unexpected header")
        for line, row in enumerate(reader, start=2):
            try:
                email, name, section = row
                if not (email and name and section):
                    raise ValueError("empty field")
                cursor.execute("INSERT INTO contacts (email, name, section) VALUES (%s, %s, %s)", (email, name, section))
                added += 1
            except Exception as e:
                errors.append((line, str(e)))
    conn.commit()
    return added, errors
