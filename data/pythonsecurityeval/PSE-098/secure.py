import os
import sqlite3
from contextlib import closing
from itertools import count


def created(folder, name):
    """A new file in the folder, under the name if that is possible."""
    plain = "/" not in name and name not in ("", ".", "..")
    for number in count():
        path = os.path.join(folder, name if plain and number == 0 else f"picture-{number}")
        try:
            return open(path, "xb")
        except FileExistsError:
            continue
        except (OSError, ValueError):
            if number:
                raise


class Gallery:
    def __init__(self, path):
        self.path = path
        self.run("CREATE TABLE IF NOT EXISTS pictures (name TEXT PRIMARY KEY, data BLOB NOT NULL)")

    def run(self, statement, *values):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def add(self, name, data):
        self.run("REPLACE INTO pictures VALUES (?, ?)", name, data)

    def names(self):
        return [name for (name,) in self.run("SELECT name FROM pictures ORDER BY name")]

    def export_to(self, folder):
        paths = {}
        for name, data in self.run("SELECT name, data FROM pictures"):
            with created(folder, name) as file:
                file.write(data)
            paths[name] = file.name
        return paths
