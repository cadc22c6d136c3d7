import re
import sqlite3


def _parse_version(version: str) -> int | None:
    """The version as an SQLite integer, None if it isn't one."""
    # 19 digits are as many as 64 bits have; leading zeros don't count.
    if not re.fullmatch(r"-?0*[0-9]{1,19}", version):
        return None
    sign = -1 if version.startswith("-") else 1
    number = sign * int(version.lstrip("-0") or "0")
    return number if -(2**63) <= number < 2**63 else None


def rename_if(conn: sqlite3.Connection, page_id: int, version: str, title: str) -> bool:
    """Rename the page if its version still is `version`; tell whether it was."""
    number = _parse_version(version)
    if number is not None:
        # Check and change in one statement, so nobody can get in between.
        with conn:
            cursor = conn.execute(
                "UPDATE pages SET title = ?, version = version + 1"
                " WHERE id = ? AND version = ?",
                (title, page_id, number),
            )
        if cursor.rowcount == 1:
            return True

    if conn.execute("SELECT 1 FROM pages WHERE id = ?", (page_id,)).fetchone() is None:
        raise LookupError(f"no page {page_id}")
    return False
