import json
import os
import sqlite3


def text(value):
    if not isinstance(value, str):
        raise ValueError(f"not a text: {value!r}")
    return value


def convert(source, target):
    if os.path.exists(target):
        raise FileExistsError(f"{target} already exists")
    patients, notes = [], []
    try:
        with open(source, encoding="utf-8") as file:
            for number, entry in enumerate(json.load(file), 1):
                patients.append((number, text(entry["name"]), text(entry["born"])))
                if not isinstance(entry["notes"], list):
                    raise ValueError("notes must be a list")
                for position, note in enumerate(entry["notes"], 1):
                    notes.append((number, position, text(note)))
    except (KeyError, TypeError) as error:
        raise ValueError(f"bad file: {error}")
    old = os.umask(0o077)
    try:
        connection = sqlite3.connect(target)
        connection.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT)")
        connection.execute("CREATE TABLE notes (patient INTEGER, position INTEGER, text TEXT)")
        connection.executemany("INSERT INTO patients VALUES (?, ?, ?)", patients)
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", notes)
        connection.commit()
        connection.close()
    finally:
        os.umask(old)
    return len(patients)
