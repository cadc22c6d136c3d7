import os
import string

LETTERS = set(string.ascii_lowercase)
ALLOWED = LETTERS | set(string.digits) | set("-_")


def copy(source, target):
    with open(source, "rb") as old, open(target, "xb") as new:
        while chunk := old.read(65536):
            new.write(chunk)


def make_home(base, username):
    if not username or len(username) > 32 or username[0] not in LETTERS or not set(username) <= ALLOWED:
        raise ValueError("user name")
    before = os.umask(0o077)
    try:
        home = os.path.join(base, username)
        os.mkdir(home)
        os.mkdir(os.path.join(home, "public"))
        skeleton = os.path.join(base, ".skel")
        if os.path.isdir(skeleton):
            with os.scandir(skeleton) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        copy(entry.path, os.path.join(home, entry.name))
    finally:
        os.umask(before)
    return home
