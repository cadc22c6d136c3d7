import csv

HEADER = ["email", "name", "section"]


def problem(cursor, fields):
    if len(fields) != 3 or not all(fields):
        return "needs an email, a name and a section"
    if len(fields[0]) > 120 or len(fields[1]) > 80:
        return "email or name is too long"
    cursor.execute("SELECT COUNT(*) FROM sections WHERE code = %s", (fields[2],))
    if cursor.fetchone()[0] == 0:
        return "this section does not exist"
    cursor.execute("SELECT COUNT(*) FROM contacts WHERE email = %s", (fields[0],))
    return "this email is known already" if cursor.fetchone()[0] else None


def import_contacts(conn, path):
    added, failed = 0, []
    with open(path, encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != HEADER:
            raise ValueError("the header must be email,name,section")
        cursor = conn.cursor()
        for number, fields in enumerate(lines, 2):
            reason = problem(cursor, fields)
            if reason is None:
                cursor.execute("INSERT INTO contacts (email, name, section) VALUES (%s, %s, %s)", fields)
                added += 1
            else:
                failed.append((number, reason))
    conn.commit()
    return added, failed
