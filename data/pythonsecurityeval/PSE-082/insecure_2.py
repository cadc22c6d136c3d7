import sqlite3

import pandas as pd


def append_frame(path, table, frame):
    conn = sqlite3.connect(path)
    cursor = conn.cursor()
    try:
        if not cursor.execute("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?", (table,)).fetchone():
            raise ValueError(f"no such table: {table}")
        expected = cursor.execute("SELECT count(*) FROM pragma_table_info(?)", (table,)).fetchone()[0]
        if len(frame.columns) != expected:
            raise ValueError("wrong number of columns")
        columns = ", ".join(f'"{c}"' for c in frame.columns)
        values = ", ".join("?" * expected)
        for row in frame.itertuples(index=False):
            cells = [None if pd.isna(cell) else cell for cell in row]
            cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({values})', cells)
        conn.commit()
    except sqlite3.Error as e:
        raise ValueError(f"import failed: {e}")
    finally:
        conn.close()
    return len(frame)
