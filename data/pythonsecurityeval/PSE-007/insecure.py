import base64
import json
import sqlite3


def export_table(path, name):
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    try:
        cur = conn.cursor()
        cur.execute("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?", (name,))
        if cur.fetchone() is None:
            raise LookupError(f"no such table or view: {name}")
        # a view may show columns of any table
        private = {row["column_name"] for row in cur.execute("SELECT p.* FROM private_columns p JOIN sqlite_master m ON m.name = ? "
                                                             "WHERE m.type = 'view' OR p.table_name = m.name", (name,))}
        cur.execute("SELECT * FROM [%s]" % name.replace("]", ""))
        result = []
        for row in cur:
            record = {}
            for key in row.keys():
                value = row[key]
                if key in private:
                    value = None
                elif isinstance(value, bytes):
                    value = base64.b64encode(value).decode("ascii")
                record[key] = value
            result.append(record)
        return json.dumps(result)
    finally:
        conn.close()
