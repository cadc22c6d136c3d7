from contextlib import closing
from typing import BinaryIO

import psycopg2


def _read(stream: BinaryIO, count: int) -> bytes:
    """Exactly `count` bytes, fewer only at the end of the stream."""
    data = bytearray()
    while len(data) < count:
        part = stream.read(count - len(data))
        if not part:
            break
        data += part
    return bytes(data)


def store_video(
    dsn: str, name: str, stream: BinaryIO, piece: int, largest: int
) -> int:
    """Store a clip in pieces and return its id."""
    # `with connection` commits at its end, or rolls back after an exception.
    with closing(psycopg2.connect(dsn)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO videos (name, size) VALUES (%s, 0) RETURNING id", (name,)
            )
            video_id = cursor.fetchone()[0]
            size = 0
            position = 0
            while True:
                # One byte more than allowed is enough to know it's too large.
                data = _read(stream, min(piece, largest + 1 - size))
                size += len(data)
                if size > largest:
                    raise ValueError("the clip is too large")
                if not data:
                    break
                cursor.execute(
                    "INSERT INTO video_pieces (video_id, position, data)"
                    " VALUES (%s, %s, %s)",
                    (video_id, position, psycopg2.Binary(data)),
                )
                position += 1
                if len(data) < piece:
                    break
            if size == 0:
                raise ValueError("the clip is empty")
            cursor.execute(
                "UPDATE videos SET size = %s WHERE id = %s", (size, video_id)
            )
    return video_id
