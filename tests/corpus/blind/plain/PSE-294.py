import sqlite3


def find_products(
    connection: sqlite3.Connection, typed: str, most: int = 50
) -> list[str]:
    """Names of the listed products that contain `typed`, cheapest first."""
    wanted = typed.strip()
    if not wanted:
        return []
    try:
        wanted.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: in no product's name
        return []
    # SQLite's lower() changes A to Z only. A negative LIMIT would mean none.
    rows = connection.execute(
        "SELECT name FROM products"
        " WHERE listed <> 0 AND instr(lower(name), lower(?)) > 0"
        " ORDER BY price_cents, name LIMIT ?",
        (wanted, max(most, 0)),
    )
    return [row[0] for row in rows]
