DELETE = """
DELETE FROM comments
WHERE id = :comment
    AND (author = :user OR EXISTS (SELECT 1 FROM moderators AS m WHERE m.board = comments.board AND m.user = :user))
    AND EXISTS (SELECT 1 FROM boards AS b WHERE b.id = comments.board AND b.archived = 0)
RETURNING id, author
"""


def delete_comment(conn, user_id, comment_id):
    if not comment_id.isdecimal():
        return False
    with conn:
        gone = conn.execute(DELETE, {"comment": comment_id, "user": user_id}).fetchall()
        conn.executemany("INSERT INTO removed (comment, author, by_user) VALUES (?, ?, ?)", [(*row, user_id) for row in gone])
    return len(gone) == 1
