from contextlib import closing

import psycopg2


def checked(change):
    try:
        number, cents = change["id"], change["cents"]
    except (TypeError, KeyError) as error:
        raise ValueError("a change has an id and cents") from error
    if type(number) is not int or type(cents) is not int or cents <= 0:
        raise ValueError("id and cents are whole numbers")
    return number, cents


def reprice(dsn, shop_id, changes):
    pairs = [checked(change) for change in changes]
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        for number, cents in pairs:
            cursor.execute("UPDATE articles SET cents = %s WHERE id = %s AND shop_id = %s", (cents, number, shop_id))
            if cursor.rowcount != 1:
                raise LookupError(f"shop {shop_id} has no article {number}")
    return len(pairs)
