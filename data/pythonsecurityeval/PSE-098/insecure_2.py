import sqlite3
from pathlib import Path


class Gallery:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        with self.db:
            self.db.execute("CREATE TABLE IF NOT EXISTS pictures (name TEXT NOT NULL UNIQUE, data BLOB NOT NULL)")

    def add(self, name, data):
        with self.db:
            self.db.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?)", (name, data))

    def names(self):
        return [name for (name,) in self.db.execute("SELECT name FROM pictures ORDER BY name")]

    def export_to(self, folder):
        folder = Path(folder)
        paths = {}
        for name, data in self.db.execute("SELECT name, data FROM pictures").fetchall():
            # browsers may send whole paths
            base = Path(name.replace("\\", "/").replace("\0", "")).name or "picture"
            if base == "..":
                base = "picture"
            path = folder / base
            number = 2
            while path.exists():
                path = folder / f"{number} {base}"
                number += 1
            path.write_bytes(data)
            paths[name] = str(path)
        return paths
