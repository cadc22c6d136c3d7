import contextlib
from collections.abc import Iterator
from typing import BinaryIO

import psycopg2


def _pieces(stream: BinaryIO, piece: int, largest: int) -> Iterator[bytes]:
    """Cut the stream into pieces; ValueError as soon as it is over `largest`."""
    total = 0
    buffer = bytearray()
    while True:
        # Never ask for more than one byte beyond the limit.
        chunk = stream.read(min(piece - len(buffer), largest + 1 - total))
        if chunk == b"":
            break
        total += len(chunk)
        if total > largest:
            raise ValueError("the clip is too large")
        buffer += chunk
        while len(buffer) >= piece:
            yield bytes(buffer[:piece])
            del buffer[:piece]
    if total == 0:
        raise ValueError("the clip is empty")
    if buffer:
        yield bytes(buffer)


def store_video(
    dsn: str, name: str, stream: BinaryIO, piece: int, largest: int
) -> int:
    """Store a clip in pieces and return its id, all of it or nothing."""
    if piece < 1:
        raise ValueError("piece must be at least 1")
    if largest < 1:
        raise ValueError("the clip is empty or too large")
    if "\0" in name:
        raise ValueError("the name contains a NUL character")
    name.encode("utf-8")  # lone surrogates: UnicodeEncodeError, a ValueError

    pieces = _pieces(stream, piece, largest)
    data = next(pieces)  # an empty clip doesn't get as far as the database

    with contextlib.closing(psycopg2.connect(dsn)) as connection:
        connection.set_client_encoding("UTF8")
        # One transaction: committed at the end of the block, rolled back on any
        # exception, and by the server if the connection breaks.
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO videos (name, size) VALUES (%s, 0) RETURNING id", (name,)
            )
            video_id = cursor.fetchone()[0]
            size = 0
            position = 0
            while data is not None:
                cursor.execute(
                    "INSERT INTO video_pieces (video_id, position, data)"
                    " VALUES (%s, %s, %s)",
                    (video_id, position, psycopg2.Binary(data)),
                )
                size += len(data)
                position += 1
                data = next(pieces, None)
            cursor.execute(
                "UPDATE videos SET size = %s WHERE id = %s", (size, video_id)
            )
    return video_id
