from pathlib import Path


def read_note(folder, name):
    if not name:
        raise ValueError("a note has a name")
    base = Path(folder).resolve()
    note = (base / name).resolve()
    if base not in note.parents or not note.is_file():
        raise KeyError(name)
    return note.read_text("utf-8").strip()
