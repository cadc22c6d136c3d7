def parse(text):
    """A small state machine over RFC 4180."""
    rows, row, cell, quoted, i = [], [], [], False, 0
    while i < len(text):
        char = text[i]
        if quoted:
            if char != '"':
                cell.append(char)
            elif text[i + 1 : i + 2] == '"':
                cell.append('"')
                i += 1
            else:
                quoted = False
        elif char == '"':
            quoted = True
        elif char == ",":
            row.append("".join(cell))
            cell = []
        elif char == "\n":
            rows.append([*row, "".join(cell)])
            row, cell = [], []
        elif char != "\r":
            cell.append(char)
        i += 1
    if row or cell:
        rows.append([*row, "".join(cell)])
    return rows


def render(cells):
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"


def merge_fields(text, names, into, separator=" "):
    header, *rows = parse(text)
    if not set(names) <= set(header):
        raise ValueError("unknown column")
    first = next(name for name in header if name in names)
    columns = [into if name == first else name for name in header if name == first or name not in names]
    lines = [render(columns)]
    for values in rows:
        if len(values) != len(header):
            raise ValueError("ragged row")
        record = dict(zip(header, values))
        record[into] = separator.join(filter(None, (record[name] for name in names)))
        lines.append(render([record[name] for name in columns]))
    return "".join(lines)
