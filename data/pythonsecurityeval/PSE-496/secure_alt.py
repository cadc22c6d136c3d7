import os
import re
import sys

from sqlalchemy import column, create_engine, select, table, text
from sqlalchemy.pool import NullPool

FIELDS = ["name", "email", "phone", "room"]
PEOPLE = table("people", *map(column, FIELDS))


def parsed(words):
    words = list(words)
    field = "name"
    if "--by" in words[:2]:
        place = words.index("--by")
        field = words[place + 1]
        del words[place : place + 2]
    path, value = words
    if field not in FIELDS or not os.path.isfile(path):
        raise ValueError
    return path, field, value


def main(argv):
    try:
        path, field, value = parsed(argv)
    except (ValueError, IndexError):
        sys.stderr.write("usage: lookup FILE [--by name|email|phone|room] VALUE\n")
        return 2
    engine = create_engine("sqlite:///" + os.path.abspath(path), poolclass=NullPool)
    with engine.connect() as connection:
        people = connection.execute(select(PEOPLE).where(PEOPLE.c[field] == value).order_by(text("rowid"))).all()
    for person in people:
        cells = [re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", cell or "") for cell in person]
        sys.stdout.write("\t".join(cells) + "\n")
    return int(not people)
