SEARCH = """
SELECT name FROM products
WHERE listed <> 0 AND name LIKE ? ESCAPE '\\'
ORDER BY price_cents, name LIMIT ?
"""


def find_products(connection, typed, most=50):
    text = typed.strip()
    if not text:
        return []
    for wild in "\\%_":
        text = text.replace(wild, "\\" + wild)
    return [name for (name,) in connection.execute(SEARCH, (f"%{text}%", most))]
