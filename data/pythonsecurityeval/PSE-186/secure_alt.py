import contextlib
import os
import secrets
from pathlib import Path


def spool(text, folder, job):
    path = Path(folder, f"{job}-{secrets.token_urlsafe(12)}.txt")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        raise
    return str(path)
