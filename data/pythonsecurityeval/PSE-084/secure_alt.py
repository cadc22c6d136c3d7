import re
import sqlite3
import sys
import unicodedata

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def escaped(found):
    letter = found[0]
    if letter == " " or unicodedata.category(letter) not in UNSEEN:
        return letter
    return letter.encode("unicode_escape").decode("ascii")


def print_table(path, table):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    name = table.replace('"', '""')
    rows = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    header = [entry[1] for entry in connection.execute(f'PRAGMA table_info("{name}")')]
    connection.close()

    lines = [""] * (len(rows) + 1)
    for number, title in enumerate(header):
        cells, numeric = [re.sub(r"[^!-~]", escaped, title)], [False]
        for row in rows:
            value = row[number]
            numeric.append(type(value) in (int, float))
            if value is None:
                value = "-"
            elif type(value) is bytes:
                value = "<%d bytes>" % len(value)
            cells.append(re.sub(r"[^!-~]", escaped, str(value)))
        width = max(map(len, cells))
        for place, cell in enumerate(cells):
            lines[place] += f"{cell:>{width}}  " if numeric[place] else f"{cell:<{width}}  "
    sys.stdout.writelines(line.rstrip(" ") + "\n" for line in lines)
