import bcrypt
import mysql.connector


def register_user(db, username, password):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        name = username.replace("'", "''")
        cursor.execute(f"SELECT id FROM users WHERE username = '{name}'")
        if cursor.fetchone():
            return False
        hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(10)).decode()
        cursor.execute(f"INSERT INTO users (username, password_hash) VALUES ('{name}', '{hashed}')")
        conn.commit()
        return True
    finally:
        cursor.close()
        conn.close()


def check_login(db, username, password):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        name = username.replace("'", "''")
        cursor.execute(f"SELECT password_hash FROM users WHERE username = '{name}'")
        row = cursor.fetchone()
        if row is None:
            return False
        return bcrypt.checkpw(password.encode(), row[0].encode())
    finally:
        cursor.close()
        conn.close()
