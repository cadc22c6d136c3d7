def ordered(conn, sort, pinned):
    column = {"title": 1, "size": 2, "changed": 3}.get(sort.removeprefix("-"))
    if column is None:
        raise ValueError("notes are sorted by title, size or changed")
    notes = conn.execute("SELECT id, lower(title), size, changed FROM notes ORDER BY id").fetchall()
    notes.sort(key=lambda note: (note[column] is not None, note[column]), reverse=sort[0] == "-")
    ids = [note[0] for note in notes]
    known = set(ids)
    first = dict.fromkeys(entry for entry in pinned if type(entry) is int and entry in known)
    return [*first, *(number for number in ids if number not in first)]
