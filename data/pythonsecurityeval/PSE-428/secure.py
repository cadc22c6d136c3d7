import re

PART = r'([A-Za-z_][A-Za-z0-9_]*|"(?:[^"]|"")+")'
REFERENCE = re.compile(rf"(?:{PART}\.)?{PART}")


def name_of(part):
    return part[1:-1].replace('""', '"') if part.startswith('"') else part.lower()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def table_reference(typed, catalogue):
    match = REFERENCE.fullmatch(typed.strip())
    if not match:
        raise ValueError("not a table's name")
    schema, table = name_of(match[1] or "main"), name_of(match[2])
    if table not in catalogue.get(schema, ()):
        raise LookupError(f"no table {table!r} in {schema!r}")
    return quoted(schema) + "." + quoted(table)
