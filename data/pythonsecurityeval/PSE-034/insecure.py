def is_moderator(conn, user_id):
    return conn.execute("SELECT 1 FROM moderators WHERE user = ?", (user_id,)).fetchone() is not None


def delete_comment(conn, user_id, comment_id):
    try:
        comment_id = int(comment_id)
        row = conn.execute(
            "SELECT c.author, b.archived FROM comments c JOIN boards b ON b.id = c.board WHERE c.id = ?", (comment_id,)
        ).fetchone()
    except (ValueError, OverflowError):
        return False
    if row is None:
        return False
    author, archived = row
    if archived or (author != user_id and not is_moderator(conn, user_id)):
        return False
    conn.execute("DELETE FROM comments WHERE id = ?", (comment_id,))
    conn.execute("INSERT INTO removed (comment, author, by_user) VALUES (?, ?, ?)", (comment_id, author, user_id))
    conn.commit()
    return True
