import tempfile

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

VIDEO = text("INSERT INTO videos (name, size) VALUES (:name, :size) RETURNING id")
PIECE = text("INSERT INTO video_pieces (video_id, position, data) VALUES (:video, :position, :data)")


def store_video(dsn, name, stream, piece, largest):
    with tempfile.TemporaryFile() as copy:
        while data := stream.read(4096):
            copy.write(data)
            if copy.tell() > largest:
                raise ValueError("too large")
        size = copy.tell()
        if size == 0:
            raise ValueError("nothing came")
        copy.seek(0)
        with create_engine(dsn, poolclass=NullPool).begin() as connection:
            video = connection.execute(VIDEO, {"name": name, "size": size}).scalar_one()
            for position in range(-(-size // piece)):
                connection.execute(PIECE, {"video": video, "position": position, "data": copy.read(piece)})
    return video
