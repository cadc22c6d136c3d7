import psycopg2

ALL = "SELECT id, name, grams FROM parts "
QUERIES = {
    ("name", False): ALL + "ORDER BY name, id LIMIT %s",
    ("name", True): ALL + "WHERE name > %s OR (name = %s AND id > %s) ORDER BY name, id LIMIT %s",
    ("grams", False): ALL + "ORDER BY grams, id LIMIT %s",
    ("grams", True): ALL + "WHERE grams > %s OR (grams = %s AND id > %s) ORDER BY grams, id LIMIT %s",
    ("-name", False): ALL + "ORDER BY name DESC, id DESC LIMIT %s",
    ("-name", True): ALL + "WHERE name < %s OR (name = %s AND id < %s) ORDER BY name DESC, id DESC LIMIT %s",
    ("-grams", False): ALL + "ORDER BY grams DESC, id DESC LIMIT %s",
    ("-grams", True): ALL + "WHERE grams < %s OR (grams = %s AND id < %s) ORDER BY grams DESC, id DESC LIMIT %s",
}


def number(text, least, most):
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError(f"{text!r} is no number between {least} and {most}")
    return int(text)


def parts_page(dsn, order, after, size):
    limit = number(size, 1, 100)
    last = number(after, 0, 999_999_999) if after else None
    query = QUERIES.get((order, after != ""))
    if query is None:
        raise ValueError(f"no order {order!r}")
    connection = psycopg2.connect(dsn)
    try:
        cursor = connection.cursor()
        values = [limit]
        if last is not None:
            cursor.execute("SELECT name, grams FROM parts WHERE id = %s", [last])
            seen = cursor.fetchone()
            if seen is None:
                return []
            value = seen[0 if order.endswith("name") else 1]
            values = [value, value, last, limit]
        cursor.execute(query, values)
        return cursor.fetchall()
    finally:
        connection.close()
