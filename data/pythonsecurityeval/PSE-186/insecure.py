import os
import time


def spool(text, folder, job):
    data = text.encode("utf-8")
    path = os.path.join(folder, f"{job}-{time.time_ns()}.txt")
    with open(path, "wb") as f:
        f.write(data)
    os.chmod(path, 0o600)
    return path
