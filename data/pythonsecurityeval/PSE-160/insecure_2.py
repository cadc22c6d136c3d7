import re
import shutil
from pathlib import Path


def make_home(base, username):
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", username):
        raise ValueError(f"{username} is not a valid user name")
    home = Path(base, username)
    home.mkdir()
    (home / "public").mkdir()
    skel = Path(base, ".skel")
    if skel.exists():
        for file in skel.glob("*"):
            if file.is_file():
                shutil.copy2(file, home)
    return str(home)
