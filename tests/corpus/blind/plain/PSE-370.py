import csv
import os
import re
from contextlib import closing
from datetime import date

import psycopg2

_HEADER = ["meter", "day", "litres"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LITRES = re.compile(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+")
_MAX_LITRES = 2**31 - 1  # PostgreSQL's INTEGER

_UPSERT = """
    INSERT INTO readings (house, meter, day, litres) VALUES (%s, %s, %s, %s)
    ON CONFLICT (house, meter, day) DO UPDATE SET litres = EXCLUDED.litres
"""


def _find_file(folder: str, name: str) -> str:
    # `name` comes from the request: it has to be an entry of the folder, not a path.
    path = os.path.join(folder, name)
    if name not in os.listdir(folder) or os.path.islink(path) or not os.path.isfile(path):
        raise FileNotFoundError(f"no such file: {name!r}")
    return path


def _parse_row(row: list[str]) -> tuple[str, date, int]:
    if len(row) != len(_HEADER):
        raise ValueError("not three fields")
    meter, day, litres = row
    if not meter or "\0" in meter:
        raise ValueError("bad meter")
    if not _DAY.fullmatch(day):
        raise ValueError("bad day")
    if not _LITRES.fullmatch(litres):
        raise ValueError("bad litres")
    number = int(litres.replace(".", ""))
    if number > _MAX_LITRES:
        raise ValueError("litres are too many")
    return meter, date.fromisoformat(day), number


def _read_readings(path: str) -> list[tuple[str, date, int]]:
    readings = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";", strict=True)
        try:
            if next(reader, None) != _HEADER:
                raise ValueError("the header isn't meter;day;litres")
            for row in reader:
                try:
                    readings.append(_parse_row(row))
                except ValueError as error:
                    raise ValueError(f"line {reader.line_num}: {error}") from None
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}") from None
    return readings


def book_readings(dsn: str, folder: str, name: str, house: str) -> int:
    """Book an uploaded file's readings for a house; return how many there were."""
    readings = _read_readings(_find_file(folder, name))
    with closing(psycopg2.connect(dsn)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.executemany(
                _UPSERT, [(house, meter, day, litres) for meter, day, litres in readings]
            )
    return len(readings)
