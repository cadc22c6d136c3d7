COLUMNS = ("title", "size", "changed")


def ordered(conn, sort, pinned):
    direction = "ASC"
    if sort.startswith("-"):
        sort, direction = sort[1:], "DESC"
    if not sort.startswith(COLUMNS):
        raise ValueError(f"cannot sort by {sort}")

    key = "title COLLATE NOCASE" if sort == "title" else sort
    rows = conn.execute(f"SELECT id FROM notes ORDER BY {key} {direction}, id").fetchall()
    ids = [row[0] for row in rows]

    top = []
    for entry in pinned:
        if type(entry) is int and entry in ids and entry not in top:
            top.append(entry)
    return top + [i for i in ids if i not in top]
