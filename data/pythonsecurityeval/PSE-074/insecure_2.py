ORDERS = {
    "title": "title COLLATE NOCASE",
    "-title": "title COLLATE NOCASE DESC",
    "size": "size",
    "-size": "size DESC",
    "changed": "changed",
    "-changed": "changed DESC",
}


def ordered(conn, sort, pinned):
    if sort not in ORDERS:
        raise ValueError("unknown sort order: " + sort)
    whens = []
    for position, note_id in enumerate(pinned):
        if not note_id or isinstance(note_id, (bool, list, dict)):
            continue
        # ids in quotes: strings never equal an integer primary key of the CASE
        note_id = f'"{note_id}"' if isinstance(note_id, str) else note_id
        whens.append(f"WHEN {note_id} THEN {position}")
    order = ORDERS[sort]
    if whens:
        order = f"CASE id {' '.join(whens)} ELSE {len(pinned)} END, {order}"
    cursor = conn.cursor()
    cursor.execute(f"SELECT id FROM notes ORDER BY {order}, id")
    return [row[0] for row in cursor]
