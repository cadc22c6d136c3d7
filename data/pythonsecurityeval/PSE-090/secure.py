SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def store_image(connection, name, content_type, data, limit):
    if len(data) > limit:
        raise ValueError(f"{len(data)} bytes are too many")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            break
    else:
        raise ValueError("neither PNG nor JPEG")
    with connection:
        return connection.execute(
            "INSERT INTO images (name, content_type, size, data) VALUES (?, ?, ?, ?)", (name, kind, len(data), data)
        ).lastrowid
