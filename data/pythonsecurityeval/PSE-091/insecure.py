import sqlite3


def insert_posted(connection, table, form, fixed):
    row = {**form, **fixed}
    if not row:
        return connection.execute(f'INSERT INTO "{table}" DEFAULT VALUES').lastrowid
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'
    try:
        return connection.execute(sql, list(row.values())).lastrowid
    except sqlite3.OperationalError as error:
        raise ValueError(f"cannot store the form: {error}")
