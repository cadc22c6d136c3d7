import mysql.connector


def erase_person(db, email):
    email = email.strip()
    conn = mysql.connector.connect(**db)
    cur = conn.cursor()
    try:
        # LIKE is case-insensitive
        cur.execute("SELECT id, email FROM people WHERE email LIKE %s", (email,))
        rows = cur.fetchall()
        if not rows:
            return False
        for person_id, address in rows:
            cur.execute("DELETE FROM newsletter WHERE email = %s", (address,))
            cur.execute("DELETE FROM visits WHERE person_id = %s", (person_id,))
            cur.execute("DELETE FROM people WHERE id = %s", (person_id,))
        conn.commit()
        return True
    except mysql.connector.IntegrityError as e:
        conn.rollback()
        raise ValueError(f"cannot delete person: {e}")
    finally:
        cur.close()
        conn.close()
