import base64
import json
import sqlite3
from contextlib import closing


def export_table(path, name):
    with closing(sqlite3.connect(path)) as db:
        private = [c for (c,) in db.execute("SELECT column_name FROM private_columns WHERE table_name = ?", (name,))]
        try:
            rows = db.execute(f'SELECT * FROM "{name}"')
        except sqlite3.OperationalError as error:
            raise LookupError(str(error))
        columns = [d[0] for d in rows.description]
        data = [{c: None if c in private else v for c, v in zip(columns, row)} for row in rows]
    return json.dumps(data, default=lambda v: base64.b64encode(v).decode())
