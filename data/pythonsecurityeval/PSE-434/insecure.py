import bcrypt


def sign_up(connection, form, cost):
    name, password, code = form["name"], form["password"], form["code"]
    if len(name) < 2 or len(name) > 80:
        raise ValueError("name must have 2 to 80 characters")
    if len(password) < 12 or len(password.encode("utf-8")) > 72:
        raise ValueError("password must have at least 12 characters and at most 72 bytes")

    cursor = connection.cursor()
    cursor.execute("SELECT COUNT(*) FROM common_passwords WHERE password = %s", (password.lower(),))
    if cursor.fetchone()[0]:
        raise ValueError("password is too common")
    cursor.execute("SELECT COUNT(*) FROM users WHERE name = %s", (name,))
    if cursor.fetchone()[0]:
        raise ValueError("name is taken")
    cursor.execute("SELECT team FROM invitations WHERE code = %s AND used_by IS NULL", (code,))
    row = cursor.fetchone()
    if row is None:
        raise LookupError("invitation not found")

    hashed = bcrypt.hashpw(password.encode("utf-8"), bcrypt.gensalt(cost)).decode()
    cursor.execute(f'INSERT INTO users (name, password, team) VALUES ("{name}", "{hashed}", "{row[0]}")')
    user_id = cursor.lastrowid
    cursor.execute("UPDATE invitations SET used_by = %s WHERE code = %s", (user_id, code))
    connection.commit()
    return user_id
