import os
import sqlite3


class Gallery:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.conn.execute("CREATE TABLE IF NOT EXISTS gallery (name TEXT PRIMARY KEY, image BLOB)")
        self.conn.commit()

    def add(self, name, data):
        with self.conn:
            self.conn.execute("INSERT OR REPLACE INTO gallery (name, image) VALUES (?, ?)", (name, data))

    def names(self):
        return [row[0] for row in self.conn.execute("SELECT name FROM gallery ORDER BY name")]

    def export_to(self, folder):
        result = {}
        for name, image in self.conn.execute("SELECT name, image FROM gallery"):
            target = os.path.join(folder, name)
            stem, suffix = os.path.splitext(target)
            number = 1
            while os.path.lexists(target) or not os.path.isdir(os.path.dirname(target)):
                target = os.path.join(folder, f"{os.path.basename(stem)}-{number}{suffix}")
                number += 1
            with open(target, "xb") as f:
                f.write(image)
            result[name] = target
        return result
