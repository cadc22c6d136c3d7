import pymysql


def erase_person(db, email):
    email = email.strip().lower()
    connection = pymysql.connect(**db, autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people WHERE email = %s", (email,))
            row = cursor.fetchone()
            if not row:
                return False
            cursor.execute("DELETE FROM newsletter WHERE email = %s", (email,))
            cursor.execute("DELETE FROM visits WHERE person_id = %s", (row[0],))
            try:
                cursor.execute("DELETE FROM people WHERE id = %s", (row[0],))
            except pymysql.err.IntegrityError:
                raise ValueError(f"{email} still has invoices")
    finally:
        connection.close()
    return True
