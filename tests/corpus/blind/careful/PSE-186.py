import os
import secrets


def spool(text: str, folder: str, job: str) -> str:
    """Put `text` into a new private file in `folder` and return its path."""
    if "/" in job or "\0" in job:
        raise ValueError("job must be usable as the beginning of a file name")
    data = text.encode("utf-8")  # UnicodeEncodeError is a ValueError
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    while True:
        # From the system's random source: tempfile's names can be foretold.
        path = os.path.join(folder, f"{job}-{secrets.token_hex(16)}.txt")
        try:
            fd = os.open(path, flags, 0o600)
        except FileExistsError:
            continue
        break
    try:
        with open(fd, "wb") as file:
            os.fchmod(fd, 0o600)
            file.write(data)
    except BaseException:
        os.unlink(path)
        raise
    return path
