import os
import shutil
import stat
import time
import zipfile


def _zip_info(name: str, st: os.stat_result) -> zipfile.ZipInfo:
    # names need not be UTF-8 on Linux, and zip knows the years 1980 to 2107 only
    name = os.fsencode(name).decode("utf-8", errors="replace")
    date = time.localtime(st.st_mtime)[:6]
    date = min(max(date, (1980, 1, 1, 0, 0, 0)), (2107, 12, 31, 23, 59, 58))
    info = zipfile.ZipInfo(name, date)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFMT(st.st_mode) | (st.st_mode & 0o777)) << 16
    return info


def _raise(error):
    raise error


def _add_file(archive, name, arcname, dirfd, own) -> bool:
    """Add the file if it is an ordinary one and not the archive itself."""
    try:
        if not stat.S_ISREG(os.stat(name, dir_fd=dirfd, follow_symlinks=False).st_mode):
            return False
        # the tenant may put a link or pipe there in the meantime
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=dirfd)
    except FileNotFoundError:
        return False
    with open(fd, "rb") as source:
        st = os.fstat(fd)
        if not stat.S_ISREG(st.st_mode) or os.path.samestat(st, own):
            return False
        info = _zip_info(arcname, st)
        info.file_size = st.st_size
        with archive.open(info, "w") as entry:
            shutil.copyfileobj(source, entry)
    return True


def _is_folder(name, dirfd) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=dirfd, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def zip_folder(folder: str, target: str) -> int:
    if not os.path.isdir(folder):
        raise NotADirectoryError(folder)
    root = os.path.realpath(folder)

    count = 0
    with open(target, "xb") as out:
        try:
            own = os.fstat(out.fileno())
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, dirs, files, dirfd in os.fwalk(root, onerror=_raise):
                    prefix = os.path.relpath(path, root) + "/"
                    if prefix == "./":
                        prefix = ""
                    dirs[:] = sorted(
                        d for d in dirs if not d.startswith(".") and _is_folder(d, dirfd)
                    )
                    added = 0
                    for name in sorted(files):
                        if not name.startswith("."):
                            added += _add_file(archive, name, prefix + name, dirfd, own)
                    count += added
                    if prefix and not dirs and not added:
                        info = _zip_info(prefix, os.fstat(dirfd))
                        info.external_attr |= 0x10  # MS-DOS directory flag
                        archive.writestr(info, b"")
        except BaseException:
            os.unlink(target)
            raise
    return count
