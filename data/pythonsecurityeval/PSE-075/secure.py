import re

import pandas as pd

NUMBER = re.compile(r"((?<![^\W_])-)?([0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)")


def integer_in(text):
    found = NUMBER.search(text)
    if not found:
        return None
    number = int(found[2].replace(",", ""))
    return -number if found[1] else number


def tidy_quantities(conn):
    rows = conn.execute("SELECT id, quantity FROM stock WHERE typeof(quantity) = 'text' ORDER BY id").fetchall()
    frame = pd.DataFrame(rows, columns=["id", "before"], dtype=object)
    frame["after"] = pd.Series([integer_in(text) for text in frame["before"]], dtype=object)
    with conn:
        conn.executemany("UPDATE stock SET quantity = ? WHERE id = ?", frame[["after", "id"]].values.tolist())
    return frame
