import sqlite3

CONTROLS = {code: repr(chr(code))[1:-1] for code in [*range(32), 127]}
ALL_ROWS = "SELECT * FROM [{}] ORDER BY rowid"


def print_table(path, table):
    db = sqlite3.connect(path)
    cursor = db.execute(ALL_ROWS.format(table))
    head = [d[0].translate(CONTROLS) for d in cursor.description]
    body = []
    for row in cursor.fetchall():
        cells = []
        for value in row:
            if value is None:
                cells.append(("-", "<"))
            elif isinstance(value, bytes):
                cells.append((f"<{len(value)} bytes>", "<"))
            elif isinstance(value, str):
                cells.append((value.translate(CONTROLS), "<"))
            else:
                cells.append((str(value), ">"))
        body.append(cells)
    db.close()
    table_rows = [[(name, "<") for name in head]] + body
    widths = [max(len(row[i][0]) for row in table_rows) for i in range(len(head))]
    for row in table_rows:
        print("  ".join(f"{text:{align}{width}}" for (text, align), width in zip(row, widths)).rstrip())
