import psycopg2

CREATE = "INSERT INTO items (supplier, sku) VALUES (%s, %s) ON CONFLICT DO NOTHING"
CHANGE = {
    "title": "UPDATE items SET title = %s WHERE supplier = %s AND sku = %s",
    "stock": "UPDATE items SET stock = %s WHERE supplier = %s AND sku = %s",
    "shelf": "UPDATE items SET shelf = %s WHERE supplier = %s AND sku = %s",
}


def value(column, text):
    if column != "stock":
        return text if text != "" else None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(f"stock {text!r}")
    return int(text)


def paste_stock(dsn, supplier, rows):
    connection = psycopg2.connect(dsn)
    try:
        cursor = connection.cursor()
        for row in rows:
            rest = dict(row)
            sku = rest.pop("sku", "")
            if sku == "":
                raise ValueError("no sku")
            cursor.execute(CREATE, (supplier, sku))
            for column, text in rest.items():
                if column not in CHANGE:
                    raise ValueError(f"unknown column {column!r}")
                cursor.execute(CHANGE[column], (value(column, text), supplier, sku))
        connection.commit()
    finally:
        connection.close()
    return len(rows)
