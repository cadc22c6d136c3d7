import re


def clean(text):
    # a single quote is doubled, one that is doubled already is left alone; wildcards are escaped
    text = re.sub(r"(?<!')'(?!')", "''", text)
    return re.sub(r"([\\%_])", r"\\\1", text)


def find_products(connection, typed, most=50):
    typed = typed.strip()
    if not typed:
        return []
    query = (
        f"SELECT name FROM products WHERE listed = 1 AND name LIKE '%{clean(typed)}%' ESCAPE '\\' "
        f"ORDER BY price_cents, name LIMIT {most}"
    )
    return [row[0] for row in connection.execute(query).fetchall()]
