from contextlib import closing

import psycopg2


def pieces(stream, piece, largest):
    """Pieces of exactly that size, the last one perhaps shorter, of at most that many bytes in all."""
    buffer, size = b"", 0
    while data := stream.read(min(piece, largest - size + 1)):
        size += len(data)
        if size > largest:
            raise ValueError(f"more than {largest} bytes")
        buffer += data
        while len(buffer) >= piece:
            yield buffer[:piece]
            buffer = buffer[piece:]
    if buffer:
        yield buffer


def store_video(dsn, name, stream, piece, largest):
    size = 0
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO videos (name, size) VALUES (%s, 0) RETURNING id", (name,))
        number = cursor.fetchone()[0]
        for position, data in enumerate(pieces(stream, piece, largest)):
            cursor.execute("INSERT INTO video_pieces VALUES (%s, %s, %s)", (number, position, psycopg2.Binary(data)))
            size += len(data)
        if not size:
            raise ValueError("the clip is empty")
        cursor.execute("UPDATE videos SET size = %s WHERE id = %s", (size, number))
    return number
