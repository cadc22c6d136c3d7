import os
import secrets


def spool(text: str, folder: str, job: str) -> str:
    if "/" in job or "\0" in job:
        raise ValueError(f"not a valid job name: {job!r}")
    data = text.encode("utf-8")  # UnicodeEncodeError is a ValueError

    while True:
        path = os.path.join(folder, f"{job}-{secrets.token_hex(16)}.txt")
        try:
            # O_EXCL: never open what somebody else has put there, nor a link
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        break

    try:
        with open(fd, "wb") as file:
            file.write(data)
    except BaseException:
        os.unlink(path)
        raise
    return path
