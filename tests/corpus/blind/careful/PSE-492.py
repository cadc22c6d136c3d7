import contextlib
import re

import psycopg2

_STOCK = re.compile(r"[0-9]{1,6}")
_COLUMNS = ("title", "stock", "shelf")  # the suppliers' own, besides sku
_LENGTHS = {"sku": 40, "title": 80, "shelf": 40}


def _parse(row: dict[str, str]) -> dict[str, str | int | None]:
    item: dict[str, str | int | None] = {}
    for key, value in row.items():
        if key == "stock":
            if not _STOCK.fullmatch(value):
                raise ValueError("stock must be one to six digits")
            item[key] = int(value)
        elif key in _LENGTHS:
            if len(value) > _LENGTHS[key]:
                raise ValueError(f"{key} is too long")
            if "\0" in value:
                raise ValueError(f"{key} contains a NUL character")
            value.encode("utf-8")  # lone surrogates: UnicodeEncodeError, a ValueError
            item[key] = value or None
        else:
            raise ValueError(f"unknown column {str(key)[:80]!r}")
    if item.get("sku") is None:
        raise ValueError("a row has no sku")
    return item


def _statement(columns: list[str]) -> str:
    """The upsert for these columns, which come from _COLUMNS only."""
    names = ", ".join(["supplier", "sku", *columns])
    values = ", ".join(["%s"] * (2 + len(columns)))
    if columns:
        action = "UPDATE SET " + ", ".join(f"{c} = EXCLUDED.{c}" for c in columns)
    else:
        action = "NOTHING"
    return (
        f"INSERT INTO items ({names}) VALUES ({values})"
        f" ON CONFLICT (supplier, sku) DO {action}"
    )


def paste_stock(dsn: str, supplier: str, rows: list[dict[str, str]]) -> int:
    """Write the supplier's rows, all or none; return the number of rows."""
    # Everything is checked first. Of two rows for one item the later counts.
    items = {}
    for row in rows:
        item = _parse(row)
        items[item["sku"]] = item
    if not items:
        return 0

    with contextlib.closing(psycopg2.connect(dsn)) as connection:
        connection.set_client_encoding("UTF8")
        with connection, connection.cursor() as cursor:  # one transaction
            # Always in the same order, so that two pastes at once can't deadlock.
            for sku in sorted(items):
                item = items[sku]
                columns = [column for column in _COLUMNS if column in item]
                cursor.execute(
                    _statement(columns),
                    [supplier, sku, *(item[column] for column in columns)],
                )
    return len(rows)
