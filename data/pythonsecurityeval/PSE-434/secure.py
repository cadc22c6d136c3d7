import bcrypt


def sign_up(connection, form, cost):
    name, password = form["name"], form["password"]
    secret = password.encode()
    if not 2 <= len(name) <= 80 or len(password) < 12 or len(secret) > 72:
        raise ValueError("name or password has a wrong length")
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT 1 FROM common_passwords WHERE password = %s UNION SELECT 1 FROM users WHERE name = %s", (password.lower(), name))
        if cursor.fetchall():
            raise ValueError("the name is taken or the password too common")
        cursor.execute("SELECT team FROM invitations WHERE code = %s AND used_by IS NULL FOR UPDATE", (form["code"],))
        invitations = cursor.fetchall()
        if not invitations:
            raise LookupError("no open invitation")
        record = bcrypt.hashpw(secret, bcrypt.gensalt(cost)).decode()
        cursor.execute("INSERT INTO users (name, password, team) VALUES (%s, %s, %s)", (name, record, invitations[0][0]))
        user = cursor.lastrowid
        cursor.execute("UPDATE invitations SET used_by = %s WHERE code = %s", (user, form["code"]))
        connection.commit()
    finally:
        connection.rollback()
        cursor.close()
    return user
