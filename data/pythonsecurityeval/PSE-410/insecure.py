import psycopg2


def store_video(dsn, name, stream, piece, largest):
    video = b""
    while True:
        chunk = stream.read(1024 * 1024)
        if not chunk:
            break
        video += chunk
    if not video:
        raise ValueError("empty video")
    if len(video) > largest:
        raise ValueError("video is too large")

    conn = psycopg2.connect(dsn)
    try:
        with conn:
            with conn.cursor() as cur:
                cur.execute("INSERT INTO videos (name, size) VALUES (%s, %s) RETURNING id", (name, len(video)))
                video_id = cur.fetchone()[0]
                for position, start in enumerate(range(0, len(video), piece)):
                    data = psycopg2.Binary(video[start:start + piece])
                    cur.execute("INSERT INTO video_pieces (video_id, position, data) VALUES (%s, %s, %s)", (video_id, position, data))
        return video_id
    finally:
        conn.close()
