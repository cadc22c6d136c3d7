import sqlite3


def words_of(text):
    return set("".join(char if char.isalnum() else " " for char in text.casefold()).split())


def search_notes(path, owner, typed):
    wanted = words_of(typed)
    connection = sqlite3.connect(path)
    try:
        own = connection.execute("SELECT rowid, text FROM notes WHERE owner = :owner", {"owner": owner}).fetchall()
    finally:
        connection.close()
    return sorted(number for number, text in own if wanted and wanted <= words_of(text))
