import os
import re
import shutil

_USERNAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def make_home(base: str, username: str) -> str:
    if not _USERNAME.fullmatch(username):
        raise ValueError(f"not a valid user name: {username!r}")

    home = os.path.join(base, username)
    os.mkdir(home, 0o700)  # FileExistsError if there is something already
    try:
        os.chmod(home, 0o700)  # mkdir's mode is subject to the umask
        os.mkdir(os.path.join(home, "public"))
        skel = os.path.join(base, ".skel")
        if os.path.isdir(skel):
            with os.scandir(skel) as entries:
                for entry in entries:
                    if entry.is_file():
                        target = os.path.join(home, entry.name)
                        shutil.copyfile(entry.path, target)
                        shutil.copymode(entry.path, target)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return home
