from datetime import datetime

from sqlalchemy import column, create_engine, select, table
from sqlalchemy.pool import NullPool

BOOKINGS = table("bookings", column("room"), column("starts"), column("ends"), column("cancelled"))


def slot_taken(db_path, room, start, end):
    if not end > start:
        raise ValueError("empty slot")
    wanted = room.lower()
    engine = create_engine(f"sqlite:///{db_path}", poolclass=NullPool)
    with engine.connect() as connection:
        for row in connection.execute(select(BOOKINGS).where(BOOKINGS.c.cancelled != 1)):
            if row.room.lower() == wanted and datetime.fromisoformat(row.starts) < end and start < datetime.fromisoformat(row.ends):
                return True
    return False
