import json

# Every question meets its answer in SQLite; one that has none gets the NULL of the outer join.
SAVE = """
INSERT INTO answers (visit, question, answer)
SELECT ?, questions.name, posted.value ->> 1
FROM questions LEFT JOIN json_each(?) AS posted ON posted.value ->> 0 = questions.name
"""


def save_answers(conn, visit, answers):
    known = set(row[0] for row in conn.execute("SELECT name FROM questions").fetchall())
    if unknown := set(answers) - known:
        raise KeyError(unknown.pop())
    posted = json.dumps([[name, text] for name, text in answers.items() if text and not text.isspace()])
    with conn:
        conn.execute("DELETE FROM answers WHERE visit = :visit", {"visit": visit})
        conn.execute(SAVE, (visit, posted))
    return conn.execute("SELECT count(*) - count(answer) FROM answers WHERE visit = ?", (visit,)).fetchone()[0]
