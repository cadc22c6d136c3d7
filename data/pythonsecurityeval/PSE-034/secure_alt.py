import re


def may_delete(conn, user_id, board, author):
    archived = conn.execute("SELECT archived FROM boards WHERE id = ?", (board,)).fetchone()
    if archived is None or archived[0]:
        return False
    moderators = {user for (user,) in conn.execute("SELECT user FROM moderators WHERE board = ?", (board,))}
    return user_id in moderators | {author}


def delete_comment(conn, user_id, comment_id):
    if re.fullmatch("[0-9]{1,18}", comment_id) is None:
        return False
    number = int(comment_id)
    conn.execute("BEGIN IMMEDIATE")
    try:
        comment = conn.execute("SELECT board, author FROM comments WHERE id = ?", (number,)).fetchone()
        allowed = comment is not None and may_delete(conn, user_id, *comment)
        if allowed:
            conn.execute("INSERT INTO removed VALUES (?, ?, ?)", (number, comment[1], user_id))
            conn.execute("DELETE FROM comments WHERE id = ?", (number,))
        return allowed
    finally:
        conn.commit()
