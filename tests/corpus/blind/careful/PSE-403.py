import re
import sqlite3

_MIN_INTEGER = -(2**63)
_MAX_INTEGER = 2**63 - 1


def _whole_number(text: str) -> int | None:
    """The number that a form field stands for, if SQLite is able to hold it."""
    match = re.fullmatch(r"(-?)0*([0-9]{1,19})", text)
    if match is None:
        return None
    number = int(match[1] + match[2])
    return number if _MIN_INTEGER <= number <= _MAX_INTEGER else None


def rename_if(conn: sqlite3.Connection, page_id: int, version: str, title: str) -> bool:
    """Rename a page if its stored version is still `version`.

    Returns False if it has another one by now; raises LookupError if there is
    no such page.
    """
    if not _MIN_INTEGER <= page_id <= _MAX_INTEGER:
        raise LookupError("no such page")
    number = _whole_number(version)

    had_transaction = conn.in_transaction
    try:
        if number is not None:
            # Compared and raised in one statement, so nobody gets in between.
            cursor = conn.execute(
                "UPDATE pages SET title = ?, version = version + 1 "
                "WHERE id = ? AND version = ?",
                (title, page_id, number),
            )
            if cursor.rowcount > 0:
                conn.commit()
                return True
        exists = conn.execute("SELECT 1 FROM pages WHERE id = ?", (page_id,)).fetchall()
        if not exists:
            raise LookupError("no such page")
        return False
    finally:
        # Not renamed: don't keep the write lock that the UPDATE took.
        if not had_transaction and conn.in_transaction:
            conn.rollback()
