def read_note(folder, name):
    if not name:
        raise ValueError("empty name")
    try:
        return open(folder + "/" + name).read().strip()
    except FileNotFoundError:
        raise KeyError(name)
