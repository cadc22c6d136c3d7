import imghdr


def store_image(connection, name, content_type, data, limit):
    size = len(data)
    if size > limit:
        raise ValueError(f"image has {size} bytes, at most {limit} are allowed")
    kind = imghdr.what(name, h=data)
    if kind not in ("png", "jpeg"):
        raise ValueError("only PNG and JPEG images are allowed")
    row = {"name": name, "type": "image/" + kind, "size": size, "data": data}
    cur = connection.execute("INSERT INTO images (name, content_type, size, data) VALUES (:name, :type, :size, :data)", row)
    connection.commit()
    return cur.lastrowid
