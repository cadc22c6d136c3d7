import re
import shutil
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def make_home(base, username):
    if not NAME.fullmatch(username):
        raise ValueError(f"not a user name: {username!r}")
    home = Path(base) / username
    home.mkdir(mode=0o700)
    home.chmod(0o700)
    (home / "public").mkdir()
    skeleton = Path(base) / ".skel"
    if skeleton.is_dir():
        for item in skeleton.iterdir():
            if item.is_file() and not item.is_symlink():
                shutil.copy(item, home / item.name)
    return str(home)
