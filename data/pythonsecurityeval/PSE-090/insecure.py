import sqlite3

ALLOWED_TYPES = {"image/png", "image/jpeg"}


def store_image(connection, name, content_type, data, limit):
    if content_type not in ALLOWED_TYPES:
        raise ValueError(f"unsupported type {content_type}")
    if len(data) > limit:
        raise ValueError("image is too large")
    cursor = connection.cursor()
    cursor.execute(
        "INSERT INTO images (name, content_type, size, data) VALUES (?, ?, ?, ?)",
        (name, content_type, len(data), sqlite3.Binary(data)),
    )
    connection.commit()
    return cursor.lastrowid
