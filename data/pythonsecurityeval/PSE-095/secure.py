import json

SCALARS = (type(None), bool, int, float, str, bytes)


def checked(value, depth=0):
    if type(value) is list and depth < 100:
        for item in value:
            checked(item, depth + 1)
    elif type(value) not in SCALARS:
        raise TypeError(f"a list cannot hold a {type(value).__name__} here")


def revived(mapping):
    if list(mapping) != ["hex"]:
        raise ValueError("unknown object")
    return bytes.fromhex(mapping["hex"])


def save_list(connection, name, values):
    checked(values)
    # plain lists hold no dicts: an object in the text always stands for bytes
    text = json.dumps(values, default=lambda data: {"hex": data.hex()})
    with connection:
        connection.execute("INSERT OR REPLACE INTO lists VALUES (?, ?)", (name, text))


def load_list(connection, name):
    row = connection.execute("SELECT data FROM lists WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise KeyError(name)
    try:
        values = json.loads(row[0], object_hook=revived)
    except (TypeError, RecursionError) as error:
        raise ValueError("not a stored list") from error
    if type(values) is not list:
        raise ValueError("not a stored list")
    return values
