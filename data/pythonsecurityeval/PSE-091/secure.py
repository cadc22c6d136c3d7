def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def insert_posted(connection, table, form, fixed):
    columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    if unknown := form.keys() - columns:
        raise ValueError(f"{table} has no column {min(unknown)!r}")
    row = {**form, **fixed}
    statement = ["INSERT INTO", quoted(table), "DEFAULT VALUES"]
    if row:
        names, marks = ", ".join(map(quoted, row)), ", ".join("?" for _ in row)
        statement[2:] = ["(", names, ") VALUES (", marks, ")"]
    return connection.execute(" ".join(statement), tuple(row.values())).lastrowid
