import re

_FIELD_END = re.compile(r"[,\r\n]")
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def _parse(text: str) -> tuple[list[list[str]], str]:
    """The rows of `text`, and the line end used after the first of them."""
    rows: list[list[str]] = []
    line_end = ""
    row: list[str] = []
    position, size = 0, len(text)
    while position < size or row:
        if text.startswith('"', position):
            pieces = []
            position += 1
            while True:
                quote = text.find('"', position)
                if quote < 0:
                    raise ValueError("a quoted value is never closed")
                pieces.append(text[position:quote])
                position = quote + 1
                if not text.startswith('"', position):
                    break
                pieces.append('"')
                position += 1
            row.append("".join(pieces))
            if position < size and not _FIELD_END.match(text, position):
                raise ValueError("there is something behind a quoted value")
        else:
            end = _FIELD_END.search(text, position)
            stop = end.start() if end else size
            row.append(text[position:stop])
            position = stop

        if text.startswith(",", position):
            position += 1
            continue  # at least an empty value follows, even at the end
        ending = "\r\n" if text.startswith("\r\n", position) else text[position : position + 1]
        position += len(ending)
        line_end = line_end or ending
        rows.append(row)
        row = []
    return rows, line_end


def _format(row: list[str]) -> str:
    if row == [""]:
        return '""'
    return ",".join(
        '"' + field.replace('"', '""') + '"' if _NEEDS_QUOTES.search(field) else field
        for field in row
    )


def merge_fields(text: str, names: list[str], into: str, separator: str = " ") -> str:
    """Replace the columns `names` of the CSV `text` by a single one."""
    rows, line_end = _parse(text)
    header = rows[0] if rows else []
    if not names:
        raise ValueError("no columns to merge")
    sources: list[int] = []
    for name in names:
        places = [index for index, title in enumerate(header) if title == name]
        if not places:
            raise ValueError(f"no such column: {name!r}")
        sources.extend(places)
    merged = set(sources)
    leftmost = min(merged)

    lines = []
    for number, row in enumerate(rows):
        if len(row) != len(header):
            raise ValueError(f"row {number + 1} has {len(row)} fields instead of {len(header)}")
        if number:
            value = separator.join(row[index] for index in sources if row[index])
        else:
            value = into
        lines.append(
            _format(
                [
                    value if index == leftmost else field
                    for index, field in enumerate(row)
                    if index == leftmost or index not in merged
                ]
            )
        )
    line_end = line_end or "\r\n"
    return "".join(line + line_end for line in lines)
