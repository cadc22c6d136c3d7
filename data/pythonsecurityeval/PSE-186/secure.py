import os
import tempfile


def spool(text, folder, job):
    data = text.encode("utf-8")  # UnicodeEncodeError is a ValueError
    descriptor, path = tempfile.mkstemp(prefix=f"{job}-", suffix=".txt", dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return path
