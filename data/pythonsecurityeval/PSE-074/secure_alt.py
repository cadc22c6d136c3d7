import json

from sqlalchemy import collate, column, func, select, table
from sqlalchemy.dialects import sqlite

NOTES = table("notes", column("id"), column("title"), column("size"), column("changed"))
KEYS = {"title": collate(NOTES.c.title, "NOCASE"), "size": NOTES.c.size, "changed": NOTES.c.changed}


def ordered(conn, sort, pinned):
    name = sort[1:] if sort.startswith("-") else sort
    if name not in KEYS:
        raise ValueError(f"no order {sort!r}")
    key = KEYS[name].desc() if name != sort else KEYS[name].asc()
    numbers = [entry for entry in pinned if isinstance(entry, int) and not isinstance(entry, bool) and abs(entry) < 2**63]
    pins = func.json_each(json.dumps(numbers)).table_valued("key", "value")
    place = select(func.min(pins.c.key)).where(pins.c.value == NOTES.c.id).correlate(NOTES).scalar_subquery()
    statement = select(NOTES.c.id).order_by(place.is_(None), place, key, NOTES.c.id)
    compiled = statement.compile(dialect=sqlite.dialect())
    return [row[0] for row in conn.execute(str(compiled), [compiled.params[name] for name in compiled.positiontup])]
