import pickle

ALLOWED = {type(None), bool, int, float, str, bytes}


def validate(value):
    if type(value) is list:
        for item in value:
            validate(item)
    elif type(value) not in ALLOWED:
        raise TypeError(f"{type(value).__name__} is not supported")


def save_list(connection, name, values):
    validate(values)
    blob = pickle.dumps(values, protocol=pickle.HIGHEST_PROTOCOL)
    with connection:
        connection.execute("REPLACE INTO lists (name, data) VALUES (?, ?)", (name, blob))


def load_list(connection, name):
    row = connection.execute("SELECT data FROM lists WHERE name = ?", (name,)).fetchone()
    if not row:
        raise KeyError(name)
    try:
        values = pickle.loads(row[0])
        validate(values)
    except Exception as exc:
        raise ValueError("the stored data is not a list") from exc
    if not isinstance(values, list):
        raise ValueError("the stored data is not a list")
    return values
