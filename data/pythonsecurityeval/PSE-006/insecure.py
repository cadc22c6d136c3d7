def sql_value(text):
    if text is None or not text.strip():
        return "NULL"
    return repr(text)


def save_answers(conn, visit, answers):
    questions = [row[0] for row in conn.execute("SELECT name FROM questions")]
    for name in answers:
        if name not in questions:
            raise KeyError(name)

    values = [sql_value(answers.get(name)) for name in questions]
    rows = ", ".join(f"({visit}, {name!r}, {value})" for name, value in zip(questions, values))
    conn.execute(f"INSERT OR REPLACE INTO answers (visit, question, answer) VALUES {rows}")
    conn.commit()
    return values.count("NULL")
