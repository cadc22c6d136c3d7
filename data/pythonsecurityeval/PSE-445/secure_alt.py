import json

# SQLite itself writes the statement: its %w doubles the double quotes in a name.
STATEMENT = """
SELECT printf('CREATE TABLE "%w" (%s)', ?, (
  SELECT group_concat(replace(json_extract(value, '$[1]'), '{}', printf('"%w"', json_extract(value, '$[0]'))), ', ')
  FROM (SELECT value FROM json_each(?) ORDER BY id)
))
"""
DEFINITIONS = {
    "text": "{} TEXT",
    "whole number": "{} INTEGER",
    "number": "{} REAL",
    "yes/no": "{} INTEGER CHECK ({} IS NULL OR {} = 0 OR {} = 1)",
    **{f"text({length})": f"{{}} TEXT CHECK (length({{}}) <= {length})" for length in range(1, 1000)},
}


def create_list(connection, name, columns):
    folded = {label.upper() if label.isascii() else label for label in columns}
    if not columns or len(folded) < len(columns):
        raise ValueError("no columns, or one of them twice")
    if any(not label or not label.isprintable() for label in [name, *columns]):
        raise ValueError("a name is missing or cannot be one")
    if any(kind not in DEFINITIONS for kind in columns.values()):
        raise ValueError("unknown kind of column")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE", (name,)).fetchone():
        raise ValueError("that name is taken")
    pairs = [[label, DEFINITIONS[kind]] for label, kind in columns.items()]
    ((statement,),) = connection.execute(STATEMENT, (name, json.dumps(pairs)))
    connection.execute(statement)
    connection.commit()
