from itertools import islice
from string import ascii_lowercase, ascii_uppercase

LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def find_products(connection, typed, most=50):
    wanted = typed.strip().translate(LOWER)
    if wanted == "":
        return []
    offered = connection.execute("SELECT name FROM products WHERE listed != 0 ORDER BY price_cents ASC, name ASC")
    return list(islice((row[0] for row in offered if wanted in row[0].translate(LOWER)), most))
