import sqlite3


def find_products(
    connection: sqlite3.Connection, typed: str, most: int = 50
) -> list[str]:
    """Names of the listed products that contain `typed`, cheapest first."""
    typed = typed.strip()
    if not typed or most < 1:
        return []
    try:
        # bytes.lower() folds A to Z only, and so does SQLite's lower().
        wanted = typed.encode("utf-8").lower().decode("utf-8")
    except UnicodeEncodeError:
        return []  # lone surrogates: no name can contain them

    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        # instr() knows no wildcards.
        rows = cursor.execute(
            "SELECT name FROM products"
            " WHERE listed <> 0 AND instr(lower(name), ?) > 0"
            " ORDER BY price_cents, name LIMIT ?",
            (wanted, min(most, 2**63 - 1)),
        ).fetchall()
    finally:
        cursor.close()
    return [name for (name,) in rows]
