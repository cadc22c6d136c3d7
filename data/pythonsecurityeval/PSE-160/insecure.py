import os
import re
import shutil


def make_home(base, username):
    if len(username) > 32 or not re.match(r"[a-z][a-z0-9_-]*", username):
        raise ValueError("invalid username")
    home = os.path.join(base, username)
    os.mkdir(home, 0o700)
    os.chmod(home, 0o700)
    os.mkdir(os.path.join(home, "public"))
    skel = os.path.join(base, ".skel")
    if os.path.isdir(skel):
        for name in os.listdir(skel):
            path = os.path.join(skel, name)
            if os.path.isfile(path):
                shutil.copy(path, home)
    return home
