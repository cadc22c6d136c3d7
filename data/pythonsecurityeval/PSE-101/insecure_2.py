import json
import sqlite3


def escape(identifier):
    return '"%s"' % identifier.replace('"', '""')


class Importer:
    def __init__(self):
        self.columns = {}
        self.rows = {}

    def read(self, name, items, parent=None, depth=1):
        if depth > 10:
            raise ValueError("The document is nested too deeply")
        if not isinstance(items, list):
            raise ValueError("Expected a list of objects")
        columns = self.columns.setdefault(name, ["_id", "_parent"])
        rows = self.rows.setdefault(name, [])
        for item in items:
            if not isinstance(item, dict):
                raise ValueError("Expected an object")
            row = {"_id": len(rows) + 1, "_parent": parent}
            rows.append(row)
            for key, value in item.items():
                if not key or key[0] == "_":
                    raise ValueError(f"Invalid key: {key!r}")
                if isinstance(value, (list, dict)):
                    if value != []:
                        self.read(f"{name}_{key}", value, row["_id"], depth + 1)
                else:
                    row[key] = value
                    if key not in columns:
                        columns.append(key)

    def write(self, connection):
        cursor = connection.cursor()
        cursor.execute("BEGIN")
        for name, columns in self.columns.items():
            types = {"_id": " INTEGER PRIMARY KEY", "_parent": " INTEGER"}
            cursor.execute("CREATE TABLE %s (%s)" % (escape(name), ", ".join(escape(c) + types.get(c, "") for c in columns)))
            marks = ", ".join("?" for _ in columns)
            for row in self.rows[name]:
                cursor.execute(" ".join(["INSERT INTO", escape(name), "VALUES (", marks, ")"]), [row.get(c) for c in columns])
        connection.commit()


def import_json(text, path, table):
    importer = Importer()
    importer.read(table, json.loads(text))
    connection = sqlite3.connect(path)
    try:
        importer.write(connection)
    except (sqlite3.Error, OverflowError) as error:
        connection.rollback()
        raise ValueError("The document could not be stored") from error
    finally:
        connection.close()
    return sum(len(rows) for rows in importer.rows.values())
