import tempfile


def spool(text, folder, job):
    data = text.encode("utf-8")
    path = tempfile.mktemp(suffix=".txt", prefix=job + "-", dir=folder)
    with open(path, "wb") as f:
        f.write(data)
    return path
