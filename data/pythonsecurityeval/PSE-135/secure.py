import pymysql


def erase_person(db, email):
    address = email.strip().lower()
    with pymysql.connect(**db) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people WHERE email = %s FOR UPDATE", (address,))
        person = cursor.fetchone()
        if person is None:
            return False
        try:
            cursor.execute("DELETE FROM newsletter WHERE email = %s", (address,))
            cursor.execute("DELETE FROM visits WHERE person_id = %s", person)
            cursor.execute("DELETE FROM people WHERE id = %s", person)
        except pymysql.IntegrityError as error:
            connection.rollback()
            raise ValueError("this person has invoices") from error
        connection.commit()
    return True
