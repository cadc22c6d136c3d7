import errno
import os
import re
import secrets
import ssl
import stat

import httpx

_MAX_NAME = 4096      # bytes, as PATH_MAX
_MAX_LINKS = 40       # as in the kernel

_CHUNK = 64 * 1024

# What the file system says of a name that leads to no file.
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


def _open_from_outbox(outbox, name):
    try:
        return _open_below(outbox, name)
    except ValueError:                  # cannot be a name in this file system
        raise _missing(name) from None
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise _missing(name) from None
        raise


def _quoted(file_name):
    """`file_name` for a quoted parameter of a part's header, as browsers and
    HTTP libraries write it: it can neither end the value nor the line."""
    raw = os.fsencode(file_name).replace(b"\\", b"\\\\")
    return re.sub(rb'[\x00-\x1f\x7f"]', lambda m: b"%%%02X" % m[0][0], raw)


def _pieces(head, file, size, tail):
    yield head
    file.seek(0)
    left = size
    while left:
        data = file.read(min(left, _CHUNK))
        if not data:
            raise OSError(errno.EIO, "the file became shorter while it was sent")
        left -= len(data)
        yield data
    if file.read(1):
        raise OSError(errno.EIO, "the file became longer while it was sent")
    yield tail


def _set_locations_aside(response):
    # Even a client that follows no redirect makes a request of the header, and
    # fails with a nonsensical one; here only _moved_to() deals with it.
    response.extensions["locations"] = response.headers.get_list("location")
    response.headers.pop("location", None)


def _post(client, url, file, file_name, key):
    """POST the file; return the status and the addresses to go on to."""
    boundary = secrets.token_hex(24).encode("ascii")     # not to be foreseen
    head = (
        b"--" + boundary + b"\r\n"
        b'Content-Disposition: form-data; name="file"; filename="'
        + _quoted(file_name) + b'"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n"
    )
    tail = b"\r\n--" + boundary + b"--\r\n"
    size = os.fstat(file.fileno()).st_size
    request = client.build_request(
        "POST",
        url,
        content=_pieces(head, file, size, tail),
        headers={
            "Content-Type": "multipart/form-data; boundary=" + boundary.decode("ascii"),
            "Content-Length": str(len(head) + size + len(tail)),
            "X-Archive-Key": key,
        },
    )
    # The body of the answer is of no interest and is not read.
    response = client.send(request, stream=True, follow_redirects=False)
    try:
        return response.status_code, response.extensions["locations"]
    finally:
        response.close()


def _moved_to(url, locations):
    """The new address, or None if it is not on the same host over https."""
    # Programs disagree on where the host is if there is a backslash.
    if len(locations) != 1 or re.search(r"[\x00-\x1f\x7f\\]", locations[0]):
        return None
    try:
        # Credentials come from the configuration only.
        target = url.join(locations[0]).copy_with(userinfo=url.userinfo, fragment=None)
    except (httpx.InvalidURL, ValueError):
        return None
    # This looks at the very object that the request is then made from.
    if target.scheme != "https" or target.raw_host != url.raw_host:
        return None
    if target.port is not None and not 0 < target.port < 65536:
        return None
    if not target.raw_path.startswith(b"/"):
        return None
    return target


def hand_over(url: str, outbox: str, name: str, key: str) -> int:
    """Send the file `name` of the folder `outbox` to the archive at `url`.

    Returns the status of the archive's answer. Raises FileNotFoundError if
    there is no such file in the outbox, ValueError for a `url` that is not
    https and for an unusable `key`, httpx.HTTPError if sending fails.
    """
    address = httpx.URL(url)
    if address.scheme != "https" or not address.host:
        raise ValueError("the archive's address must be an https address")
    if not re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", key):
        # Do not name the key, it would end up in logs.
        raise ValueError("the key cannot be sent in a header")

    with _open_from_outbox(outbox, name) as file:
        file_name = name.rpartition("/")[2]
        # trust_env=False: no proxy and no .netrc from the environment.
        with httpx.Client(
            verify=ssl.create_default_context(),
            trust_env=False,
            follow_redirects=False,
            event_hooks={"response": [_set_locations_aside]},
            timeout=httpx.Timeout(60.0, connect=30.0, read=300.0),
        ) as client:
            status, locations = _post(client, address, file, file_name, key)
            if status in (307, 308):
                target = _moved_to(address, locations)
                if target is not None:
                    status, _ = _post(client, target, file, file_name, key)
            return status
