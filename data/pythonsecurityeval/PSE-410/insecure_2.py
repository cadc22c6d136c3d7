import psycopg2


def read_exactly(stream, count):
    data = bytearray()
    while len(data) < count:
        part = stream.read(count - len(data))
        if not part:
            break
        data += part
    return bytes(data)


def store_video(dsn, name, stream, piece, largest):
    first = read_exactly(stream, piece)
    if not first:
        raise ValueError("no data")
    conn = psycopg2.connect(dsn)
    conn.autocommit = True  # pieces are large, keep transactions short
    cur = conn.cursor()
    try:
        cur.execute("INSERT INTO videos (name, size) VALUES (%s, 0) RETURNING id", (name,))
        video_id = cur.fetchone()[0]
        size = position = 0
        data = first
        while data:
            size += len(data)
            if size > largest:
                cur.execute("DELETE FROM video_pieces WHERE video_id = %s", (video_id,))
                cur.execute("DELETE FROM videos WHERE id = %s", (video_id,))
                raise ValueError("too large")
            cur.execute("INSERT INTO video_pieces VALUES (%s, %s, %s)", (video_id, position, psycopg2.Binary(data)))
            position += 1
            data = read_exactly(stream, piece)
        cur.execute("UPDATE videos SET size = %s WHERE id = %s", (size, video_id))
        return video_id
    finally:
        conn.close()
