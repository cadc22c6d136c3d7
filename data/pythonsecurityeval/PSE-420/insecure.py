import psycopg2
from defusedxml import ElementTree


def import_xml(dsn, document, tables):
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as e:
        raise ValueError(f"invalid XML: {e}")
    conn = psycopg2.connect(dsn)
    count = 0
    try:
        with conn, conn.cursor() as cur:
            for row in root.iter("row"):
                table = row.get("table")
                if table not in tables:
                    raise ValueError(f"unknown table {table}")
                fields = row.findall("field")
                names = [field.get("name", "") for field in fields]
                if len(set(names)) < len(names):
                    raise ValueError("field given twice")
                columns = ", ".join(names)
                marks = ", ".join(["%s"] * len(fields))
                cur.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [field.text or "" for field in fields])
                count += 1
    except psycopg2.Error as e:
        raise ValueError(f"cannot import: {e}")
    finally:
        conn.close()
    return count
