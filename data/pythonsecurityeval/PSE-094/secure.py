import csv
import io


def merge_fields(text, names, into, separator=" "):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = rows[0] if rows else []
    unknown = [name for name in names if name not in header]
    if unknown:
        raise ValueError(f"not in the header: {unknown}")
    merged = [header.index(name) for name in names]
    target = min(merged, default=0)

    def combine(row, value):
        return [value if i == target else cell for i, cell in enumerate(row) if i == target or i not in merged]

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(combine(header, into))
    for row in rows[1:]:
        if len(row) != len(header):
            raise ValueError(f"expected {len(header)} fields: {row}")
        writer.writerow(combine(row, separator.join(row[i] for i in merged if row[i])))
    return out.getvalue()
