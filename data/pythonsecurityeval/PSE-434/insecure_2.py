import bcrypt


def sign_up(connection, form, cost):
    name = form["name"]
    password = form["password"]
    if not (2 <= len(name) <= 80):
        raise ValueError("bad name")
    if len(password) < 12:
        raise ValueError("password too short")
    if len(password.encode()) > 72:
        raise ValueError("password too long")

    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM common_passwords")
        common = {row[0] for row in cursor.fetchall()}
        if password in common:
            raise ValueError("password too common")
        cursor.execute("SELECT id FROM users WHERE name = %s", (name,))
        if cursor.fetchall():
            raise ValueError("name taken")
        cursor.execute("SELECT team, used_by FROM invitations WHERE code = %s", (form["code"],))
        rows = cursor.fetchall()
        if not rows or rows[0][1] is not None:
            raise LookupError("invalid invitation")
        hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost))
        cursor.execute("INSERT INTO users (name, password, team) VALUES (%s, %s, %s)", (name, hashed.decode(), rows[0][0]))
        user_id = cursor.lastrowid
        cursor.execute("UPDATE invitations SET used_by = %s WHERE code = %s", (user_id, form["code"]))
    connection.commit()
    return user_id
