import json
import os
import sqlite3


def convert(source, target):
    if os.path.lexists(target):
        raise FileExistsError(target)
    with open(source, encoding="utf-8") as f:
        data = json.load(f)
    if not isinstance(data, list):
        raise ValueError("expected a list")
    for patient in data:
        if not isinstance(patient, dict):
            raise ValueError("expected objects")
        notes = patient.get("notes")
        if not isinstance(notes, list):
            raise ValueError("notes must be a list")
        for text in [patient.get("name"), patient.get("born")] + notes:
            if not isinstance(text, str):
                raise ValueError("expected text")
    conn = sqlite3.connect(target)
    conn.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT)")
    conn.execute("CREATE TABLE notes (patient INTEGER, position INTEGER, text TEXT)")
    for i, patient in enumerate(data, start=1):
        conn.execute("INSERT INTO patients VALUES (?, ?, ?)", (i, patient["name"], patient["born"]))
        for j, note in enumerate(patient["notes"], start=1):
            conn.execute("INSERT INTO notes VALUES (?, ?, ?)", (i, j, note))
    conn.commit()
    conn.close()
    return len(data)
