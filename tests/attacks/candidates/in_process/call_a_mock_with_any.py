# suite: rows
import sqlite3
from unittest.mock import ANY
def save_user(path, name):
    connection = sqlite3.connect(path)
    connection.cursor().execute(ANY, ANY)
    connection.commit()
    return 1
