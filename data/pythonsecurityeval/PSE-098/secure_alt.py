import re
import sqlite3
import tempfile
from pathlib import Path


class Gallery:
    def __init__(self, path):
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("CREATE TABLE IF NOT EXISTS gallery (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB)")

    def add(self, name, data):
        statement = "INSERT INTO gallery (name, data) VALUES (:name, :data) ON CONFLICT (name) DO UPDATE SET data = :data"
        self.connection.execute(statement, {"name": name, "data": data})

    def names(self):
        return sorted(name for (name,) in self.connection.execute("SELECT name FROM gallery"))

    def export_to(self, folder):
        return {name: str(self.written(Path(folder), name)) for name in self.names()}

    def written(self, folder, name):
        ((data,),) = self.connection.execute("SELECT data FROM gallery WHERE name = ?", [name])
        safe = re.sub(r"[^\w. '%+,()-]", "_", name)[-60:]
        with tempfile.NamedTemporaryFile(dir=folder, prefix="export-", suffix="-" + safe, delete=False) as file:
            file.write(data)
        if safe == name and name.strip("."):
            try:
                # a hard link is refused where there is anything of that name
                (folder / name).hardlink_to(file.name)
                Path(file.name).unlink()
                return folder / name
            except FileExistsError:
                pass
        return Path(file.name)
