import csv
import datetime
import errno
import io
import os
import re
import stat

import psycopg2
import psycopg2.extras

_HEADER = ["meter", "day", "litres"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LITRES = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_MAX_LITRES = 2**31 - 1  # PostgreSQL's INTEGER


def _check_text(text: str, what: str) -> None:
    """PostgreSQL stores neither NUL characters nor lone surrogates."""
    if "\0" in text:
        raise ValueError(f"{what} contains a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{what} is not valid Unicode") from None


def _read(folder: str, name: str) -> bytes:
    """Read the regular file `name` right in `folder`; links aren't followed."""
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise missing

    folder_fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            fd = os.open(name, flags, dir_fd=folder_fd)
        except UnicodeEncodeError:
            raise missing from None
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO):
                raise missing from None
            raise
    finally:
        os.close(folder_fd)

    with open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise missing
        return file.read()


def _parse_row(row: list[str]) -> tuple[str, datetime.date, int]:
    if len(row) != len(_HEADER):
        raise ValueError("not three fields")
    meter, day, litres = row
    if not meter:
        raise ValueError("no meter")
    _check_text(meter, "meter")
    if not _DAY.fullmatch(day):
        raise ValueError("day is not an ISO date")
    date = datetime.date.fromisoformat(day)
    if not _LITRES.fullmatch(litres):
        raise ValueError("litres is not a whole number")
    number = int(litres.replace(".", ""))
    if number > _MAX_LITRES:
        raise ValueError("litres is too big")
    return meter, date, number


def _parse(raw: bytes) -> list[tuple[str, datetime.date, int]]:
    text = raw.decode("utf-8-sig")  # UnicodeDecodeError is a ValueError
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    readings = []
    try:
        if next(reader, None) != _HEADER:
            raise ValueError("wrong header")
        for row in reader:
            readings.append(_parse_row(row))
    except (csv.Error, ValueError) as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None
    return readings


def book_readings(dsn: str, folder: str, name: str, house: str) -> int:
    """Book the readings of an uploaded file for a house; return how many lines."""
    readings = _parse(_read(folder, name))
    _check_text(house, "house")
    if not readings:
        return 0

    # If a meter's day is in the file twice, the later line counts. The sorting
    # makes concurrent bookings lock the rows in the same order.
    latest = {(meter, day): litres for meter, day, litres in readings}
    rows = [(house, meter, day, litres) for (meter, day), litres in sorted(latest.items())]

    connection = psycopg2.connect(dsn)
    try:
        connection.set_client_encoding("UTF8")
        with connection, connection.cursor() as cursor:
            psycopg2.extras.execute_values(
                cursor,
                "INSERT INTO readings (house, meter, day, litres) VALUES %s "
                "ON CONFLICT (house, meter, day) DO UPDATE SET litres = EXCLUDED.litres",
                rows,
                page_size=1000,
            )
    finally:
        connection.close()
    return len(readings)
