def save_answers(conn, visit, answers):
    questions = [name for (name,) in conn.execute("SELECT name FROM questions")]
    for name in answers:
        if name not in questions:
            raise KeyError(name)
    rows = []
    for name in questions:
        text = answers.get(name, "")
        rows.append((visit, name, text if text.strip() else None))
    with conn:
        conn.executemany("INSERT OR REPLACE INTO answers (visit, question, answer) VALUES (?, ?, ?)", rows)
    return sum(answer is None for _, _, answer in rows)
