import csv
import re


def to_cents(text):
    text = text.strip()
    if not re.fullmatch(r"(\d{1,7}|\d{1,3}(\.\d{3}){1,2})(,\d{1,2})?", text):
        raise ValueError(f"invalid price {text!r}")
    whole, _, rest = text.replace(".", "").partition(",")
    if len(whole) > 7:
        raise ValueError("price too high")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def load_prices(conn, tenant_id, path):
    cur = conn.cursor()
    cur.execute("SELECT * FROM prices LIMIT 0")
    known = [d[0] for d in cur.description]

    records = []
    with open(path, newline="", encoding="utf-8-sig") as f:
        for line in csv.DictReader(f, delimiter=";"):
            try:
                record = {"tenant_id": tenant_id, "sku": line["sku"], "title": line["title"], "cents": to_cents(line["price"])}
            except KeyError as e:
                raise ValueError(f"missing column {e}")
            if not record["sku"]:
                raise ValueError("empty sku")
            # other columns that we have as well
            record.update({name: line[name] for name in line if name in known})
            records.append(record)

    for record in records:
        names = ", ".join(record)
        marks = ", ".join(["%s"] * len(record))
        updates = ", ".join(name + " = VALUES(" + name + ")" for name in record)
        statement = "INSERT INTO prices (" + names + ") VALUES (" + marks + ") ON DUPLICATE KEY UPDATE " + updates
        cur.execute(statement, list(record.values()))
    conn.commit()
    return len(records)
