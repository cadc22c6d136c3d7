import json
import os
import sqlite3
from pathlib import Path

SCRIPT = """
CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT);
CREATE TABLE notes (patient INTEGER, position INTEGER, text TEXT);
"""


def private(path, flags):
    return os.open(path, flags | os.O_NOFOLLOW, mode=0o600)


def is_text(value):
    return type(value) is str


def convert(source, target):
    document = json.loads(Path(source).read_bytes().decode())
    if type(document) is not list:
        raise ValueError("an array is wanted")
    memory = sqlite3.connect(":memory:")
    memory.executescript(SCRIPT)
    for entry in document:
        match entry:
            case {"name": str(name), "born": str(born), "notes": [*notes]} if all(map(is_text, notes)):
                row = memory.execute("INSERT INTO patients (name, born) VALUES (?, ?)", (name, born)).lastrowid
                for position, text in enumerate(notes):
                    memory.execute("INSERT INTO notes VALUES (?, ?, ?)", (row, position + 1, text))
            case _:
                raise ValueError("an entry is not a patient")
    memory.commit()
    with open(target, "xb", opener=private) as file:
        file.write(memory.serialize())
    return len(document)
