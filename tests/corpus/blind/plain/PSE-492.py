import re
from contextlib import closing

import psycopg2

_COLUMNS = ("title", "stock", "shelf")  # what suppliers keep, besides the sku
_STOCK = re.compile(r"[0-9]{1,6}")


def _checked(row: dict[str, str]) -> dict[str, str | int | None]:
    """The row as it goes into the table."""
    for key in row:
        if key != "sku" and key not in _COLUMNS:
            raise ValueError(f"unknown column {key!r}")
    if not row.get("sku"):
        raise ValueError("a row without a sku")
    values: dict[str, str | int | None] = dict(row)
    if "stock" in row:
        if not _STOCK.fullmatch(row["stock"]):
            raise ValueError(f"invalid stock for {row['sku']!r}")
        values["stock"] = int(row["stock"])
    for key in ("title", "shelf"):
        if key in row:
            values[key] = row[key] or None
    return values


def paste_stock(dsn: str, supplier: str, rows: list[dict[str, str]]) -> int:
    """Insert or update the supplier's items and return the number of rows."""
    # Every row is checked, but of two for one item only the later is written.
    items = {item["sku"]: item for item in map(_checked, rows)}

    # `with connection` commits at its end, or rolls back after an exception.
    with closing(psycopg2.connect(dsn)) as connection:
        with connection, connection.cursor() as cursor:
            for item in items.values():
                columns = [column for column in _COLUMNS if column in item]
                names = ["supplier", "sku", *columns]
                if columns:
                    action = "UPDATE SET " + ", ".join(
                        f"{column} = EXCLUDED.{column}" for column in columns
                    )
                else:
                    action = "NOTHING"
                cursor.execute(
                    f"INSERT INTO items ({', '.join(names)})"
                    f" VALUES ({', '.join(['%s'] * len(names))})"
                    f" ON CONFLICT (supplier, sku) DO {action}",
                    [supplier, item["sku"], *(item[column] for column in columns)],
                )
    return len(rows)
