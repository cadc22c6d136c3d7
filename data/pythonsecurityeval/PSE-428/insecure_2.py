import re

PART = r'(?:"(?:[^"]|"")+"|[A-Za-z_]\w*)'


def table_reference(typed, catalogue):
    typed = typed.strip()
    if not re.fullmatch(rf"({PART}\.)?{PART}", typed, re.ASCII):
        raise ValueError(typed)
    parts = []
    for part in re.findall(PART, typed, re.ASCII):
        parts.append(part[1:-1].replace('""', '"') if part[0] == '"' else part.lower())
    if len(parts) == 1:
        parts.insert(0, "main")
    schema, table = parts
    tables = {name for names in catalogue.values() for name in names}
    if schema not in catalogue or table not in tables:
        raise LookupError(f"{schema}.{table}")
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)
