import os
import re
import shutil
import stat

_USERNAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def _copy_skeleton(skeleton: str, home: str) -> None:
    with os.scandir(skeleton) as entries:
        for entry in entries:
            # Links, pipes and folders are no files that lie here.
            if not entry.is_file(follow_symlinks=False) or entry.name == "public":
                continue
            fd = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with open(fd, "rb") as source:
                mode = os.fstat(fd).st_mode
                if not stat.S_ISREG(mode):
                    continue
                with open(os.path.join(home, entry.name), "xb") as copy:
                    shutil.copyfileobj(source, copy)
                    os.fchmod(copy.fileno(), mode & 0o777)


def make_home(base: str, username: str) -> str:
    """Make the home folder of a new user and return its path."""
    if not isinstance(username, str) or not _USERNAME.fullmatch(username):
        raise ValueError("not a usable user name")
    home = os.path.join(base, username)
    os.mkdir(home, 0o700)  # FileExistsError for anything there, dangling links too
    try:
        os.chmod(home, 0o700)  # the umask may have taken the owner's rights
        public = os.path.join(home, "public")
        os.mkdir(public, 0o700)
        os.chmod(public, 0o700)
        skeleton = os.path.join(base, ".skel")
        if os.path.isdir(skeleton):
            _copy_skeleton(skeleton, home)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return home
