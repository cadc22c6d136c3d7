import os


def read_note(folder, name):
    if name == "":
        raise ValueError("empty")
    names = {entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)}
    if name not in names:
        raise KeyError(name)
    with open(os.path.join(folder, name), encoding="utf-8") as stream:
        return stream.read().strip()
