import csv
import io


def merge_fields(text: str, names: list[str], into: str, separator: str = " ") -> str:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(f"not valid CSV: {error}") from error
    if not rows:
        raise ValueError("there is no header line")
    if not names:
        raise ValueError("no columns to merge")

    header = rows[0]
    for name in names:
        if name not in header:
            raise ValueError(f"no such column: {name!r}")
    merged = [i for name in names for i, title in enumerate(header) if title == name]
    position = min(merged)

    out = io.StringIO(newline="")
    # The default line terminator "\r\n" makes the writer quote both of them.
    writer = csv.writer(out)

    def write(row, value):
        result = []
        for i, field in enumerate(row):
            if i == position:
                result.append(value)
            elif i not in merged:
                result.append(field)
        writer.writerow(result)

    write(header, into)
    for number, row in enumerate(rows[1:], start=2):
        row = row or [""]  # an empty line is a single empty field
        if len(row) != len(header):
            raise ValueError(f"row {number} has {len(row)} fields, not {len(header)}")
        write(row, separator.join(row[i] for i in merged if row[i]))
    return out.getvalue()
