import re

KINDS = re.compile(rb"(?P<png>\x89PNG\r\n\x1A\n)|(?P<jpeg>\xFF\xD8\xFF)")


def store_image(connection, name, content_type, data, limit):
    found = KINDS.match(data)
    if not found:
        raise ValueError(f"unsupported picture, declared as {content_type!r}")
    if len(data) > limit:
        raise ValueError("picture is too large")
    cursor = connection.cursor()
    cursor.execute(
        "INSERT INTO images (name, content_type, size, data) VALUES (:name, 'image/' || :kind, 0, zeroblob(:size))",
        {"name": name, "kind": found.lastgroup, "size": len(data)},
    )
    number = cursor.lastrowid
    cursor.execute("UPDATE images SET data = ?, size = ? WHERE id = ?", (data, len(data), number))
    connection.commit()
    return number
