import sqlite3


def delete_comment(conn, user_id, comment_id):
    condition = (
        f"id = {comment_id} AND board IN (SELECT id FROM boards WHERE archived = 0) "
        f"AND (author = {user_id} OR board IN (SELECT board FROM moderators WHERE user = {user_id}))"
    )
    try:
        conn.execute(f"INSERT INTO removed SELECT id, author, {user_id} FROM comments WHERE {condition}")
        deleted = conn.execute(f"DELETE FROM comments WHERE {condition}").rowcount
    except sqlite3.Error:
        # not a number
        conn.rollback()
        return False
    conn.commit()
    return deleted > 0
