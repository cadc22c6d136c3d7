import json
import os
import sqlite3
from contextlib import closing


def patients_of(source):
    try:
        with open(source, encoding="utf-8") as file:
            patients = [(entry["name"], entry["born"], entry["notes"]) for entry in json.load(file)]
    except (KeyError, TypeError) as error:
        raise ValueError("not a file of patients") from error
    for name, born, notes in patients:
        if not isinstance(notes, list) or not all(isinstance(text, str) for text in (name, born, *notes)):
            raise ValueError("a field is no text")
    return patients


def convert(source, target):
    patients = patients_of(source)
    # Exclusive and never through a link; SQLite gives its journal the same rights.
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT)")
        connection.execute("CREATE TABLE notes (patient INTEGER, position INTEGER, text TEXT)")
        for number, (name, born, notes) in enumerate(patients, 1):
            connection.execute("INSERT INTO patients VALUES (?, ?, ?)", (number, name, born))
            connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", [(number, *note) for note in enumerate(notes, 1)])
    return len(patients)
