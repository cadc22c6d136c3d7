import json
import string

import pandas as pd


def first_number(text):
    start = next((place for place, letter in enumerate(text) if letter in string.digits), None)
    if start is None:
        return pd.NA
    groups = [""]
    for letter in text[start:]:
        if letter in string.digits:
            groups[-1] += letter
        elif letter == "," and groups[-1]:
            groups.append("")
        else:
            break
    digits = groups.pop(0)
    while len(digits) and groups and len(groups[0]) == 3:
        digits += groups.pop(0)
    before, minus = text[max(start - 2, 0) : max(start - 1, 0)], text[:start].endswith("-")
    return -int(digits) if minus and not before.isalnum() else int(digits)


def tidy_quantities(conn):
    frame = pd.read_sql_query("SELECT id, quantity AS before FROM stock WHERE typeof(quantity) = 'text'", conn)
    frame = frame.sort_values("id", ignore_index=True)
    frame["after"] = frame["before"].map(first_number).astype("Int64")
    numbers = {int(key): None if pd.isna(value) else int(value) for key, value in zip(frame["id"], frame["after"])}
    conn.execute(
        "UPDATE stock SET quantity = j.value FROM json_each(?) AS j WHERE stock.id = CAST(j.key AS INTEGER)", [json.dumps(numbers)]
    )
    conn.commit()
    return frame
