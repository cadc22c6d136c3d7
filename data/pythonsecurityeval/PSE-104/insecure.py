import sqlite3


def table_names(path, pattern):
    conn = sqlite3.connect(path)
    cursor = conn.cursor()
    glob = pattern.replace("[", "[[]")
    cursor.execute(
        f"SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '{glob}'"
        " AND name NOT GLOB 'sqlite_*' AND name <> '_hidden'"
        " AND name NOT IN (SELECT name FROM _hidden) ORDER BY name"
    )
    tables = [row[0] for row in cursor.fetchall()]
    conn.close()
    return tables
