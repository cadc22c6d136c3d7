import errno
import os
import re
import stat
from urllib.parse import quote

from flask import Flask, abort, request, send_file

_MAX_NAME = 4096      # bytes, as PATH_MAX
_MAX_LINKS = 40       # as in the kernel

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

# What the file system says of a name that leads to nothing one may have.
_NOT_THERE = frozenset({
    errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES,
    errno.EPERM, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.EINVAL,
    errno.ESTALE,
})


def _missing(name):
    return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def _resolve(root, name):
    """Return the path, free of links, that `name` has below `root`.

    It follows links as the kernel does. `root` is a real path. The result is
    only a plan: _open_below() carries it out without following any link.
    """
    prefix = root.rstrip("/") + "/"
    current = root
    links = 0
    # (component, is it from the name itself and not from a link's target)
    pending = [(part, True) for part in reversed(name.split("/"))]
    while pending:
        part, from_name = pending.pop()
        if part in ("", ".", ".."):
            os.lstat(current.rstrip("/") + "/.")     # fails on a non-folder
            if part == "..":
                if from_name and (current == root or not current.startswith(prefix)):
                    raise _missing(name)             # would climb out
                current = os.path.dirname(current)
            continue
        path = current.rstrip("/") + "/" + part
        if not stat.S_ISLNK(os.lstat(path).st_mode):
            current = path
            continue
        links += 1
        if links > _MAX_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
        target = os.readlink(path)
        if target.startswith("/"):
            current = "/"
        pending.extend((p, False) for p in reversed(target.split("/")))
    if current == root or not current.startswith(prefix):
        raise _missing(name)
    return current[len(prefix):]


def _open_below(folder, name):
    """Open the regular file `name` that really lies below `folder`."""
    if not name or name.startswith("/") or "\0" in name:
        raise _missing(name)
    if len(os.fsencode(name)) > _MAX_NAME:
        raise _missing(name)
    root = os.path.realpath(folder, strict=True)
    *folders, last = _resolve(root, name).split("/")

    # No link is followed from here on, so whatever is exchanged for a link
    # meanwhile cannot lead out of the folder.
    flags = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
    at = os.open(root, flags)
    try:
        for part in folders:
            below = os.open(part, flags | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        # Opening a device or a pipe may have effects: look first.
        found = os.stat(last, dir_fd=at, follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode):
            raise _missing(name)
        fd = os.open(
            last,
            os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC,
            dir_fd=at,
        )
    finally:
        os.close(at)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise _missing(name)
    except BaseException:
        os.close(fd)
        raise
    return os.fdopen(fd, "rb")


class _Reader:
    """The first `size` bytes of an open file, as announced to the client."""

    def __init__(self, file, size):
        self._file = file
        self._left = size

    def read(self, size=-1):
        if size is None or size < 0 or size > self._left:
            size = self._left
        data = self._file.read(size) if size else b""
        self._left -= len(data)
        return data

    def close(self):
        self._file.close()


def create_app(folder: str) -> Flask:
    # No static folder: only the route below gives out files.
    app = Flask(__name__, static_folder=None)

    @app.get("/download")
    def download():
        name = request.args.get("file", "")
        if not name:
            abort(400)
        try:
            file = _open_below(folder, name)
        except ValueError:              # cannot be a name in this file system
            abort(404)
        except OSError as error:
            if error.errno not in _NOT_THERE:
                raise
            abort(404)

        try:
            info = os.fstat(file.fileno())
            last = name.rpartition("/")[2]
            plain = _CONTROLS.sub("_", last)
            response = send_file(
                _Reader(file, info.st_size),
                mimetype="application/octet-stream",
                as_attachment=True,
                download_name=plain,
                conditional=True,
                etag=f"{info.st_mtime_ns:x}-{info.st_ctime_ns:x}-{info.st_size:x}",
            )
            if plain != last:
                # Such characters may stand in a header only when encoded.
                simple = re.sub(r'[^ -~]|["\\%]', "_", plain)
                response.headers["Content-Disposition"] = (
                    f'attachment; filename="{simple}"; '
                    f"filename*=UTF-8''{quote(last, safe='')}"
                )
            if response.status_code == 200:
                response.content_length = info.st_size
            response.headers["X-Content-Type-Options"] = "nosniff"
            return response
        except BaseException:
            file.close()
            raise

    return app
