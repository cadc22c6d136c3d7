import os
import re
import secrets
import time
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

import httpx

_PIECE = 65536
_MAX_REDIRECTS = 10
_MAX_SECONDS = 3600  # so that a server cannot keep us busy for ever

_PARAMETER = re.compile(
    r""";\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))\s*""",
    re.ASCII | re.DOTALL,
)


def _disposition_name(header: str) -> str:
    """The file name in a Content-Disposition header, or ""."""
    parameters: dict[str, str] = {}
    position = header.find(";")
    while position >= 0 and (match := _PARAMETER.match(header, position)):
        quoted, plain = match[2], match[3]
        value = plain.strip() if quoted is None else re.sub(r'\\(["\\])', r"\1", quoted)
        parameters.setdefault(match[1].lower(), value)
        position = match.end()
    extended = parameters.get("filename*", "").split("'", 2)
    if len(extended) == 3 and extended[0].lower() in ("utf-8", "iso-8859-1"):
        try:
            name = unquote(extended[2], extended[0], "strict")
        except UnicodeError:
            name = ""
        if name:
            return name
    return parameters.get("filename", "")


def _file_name(url: str, answer: httpx.Response) -> str:
    name = _disposition_name(answer.headers.get("Content-Disposition", ""))
    if not name:
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    # Only the last part, whichever system the sender's path comes from.
    name = re.split(r"[/\\]", name)[-1]
    if name in ("", ".", "..") or re.search(r"[\x00-\x1f\x7f]", name):
        raise ValueError("the file has no usable name")
    if len(os.fsencode(name)) > 255:
        raise ValueError("the name of the file is too long")
    return name


def _inflate(pieces: Iterable[bytes], gzip: bool) -> Iterator[bytes]:
    """Unpack gzip or deflate in small steps, so that nothing can blow up."""
    engine = None
    for data in pieces:
        while True:
            if engine is None:
                if not data:
                    break
                if gzip:
                    engine = zlib.decompressobj(31)
                else:
                    engine = zlib.decompressobj(15 if data[0] & 0x8F == 8 else -15)
            out = engine.decompress(data, _PIECE)
            if out:
                yield out
            if engine.eof:
                data, engine = engine.unused_data, None
                if not gzip or (data and data[0] != 0x1F):
                    # Anything behind the end counts for nothing, but the
                    # answer must still come to its end.
                    for _ in pieces:
                        pass
                    return
                continue
            data = engine.unconsumed_tail
            if not data and len(out) < _PIECE:
                break
    if engine is not None:
        raise ValueError("the answer broke off")


def _packings(answer: httpx.Response) -> list[str]:
    names = answer.headers.get("Content-Encoding", "").lower().split(",")
    names = [name.strip() for name in names]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > 2 or any(name not in ("gzip", "x-gzip", "deflate") for name in names):
        raise ValueError("the answer is packed in an unknown way")
    return names


def _raw(answer: httpx.Response, most: int | None) -> Iterator[bytes]:
    """What comes over the line; more than `most` bytes of it are an error."""
    end = time.monotonic() + _MAX_SECONDS
    size = 0
    for data in answer.iter_raw():
        size += len(data)
        if most is not None and size > most:
            raise ValueError("the file is too big")
        if time.monotonic() > end:
            raise ValueError("the download takes too long")
        yield data


def _content(answer: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    packings = _packings(answer)
    # Packed data may be a little larger than the file, but not endless.
    pieces = _raw(answer, 2 * max_bytes + 1024 * 1024 if packings else None)
    for name in reversed(packings):
        pieces = _inflate(pieces, name != "deflate")
    return pieces


def _open(client: httpx.Client, url: str) -> httpx.Response:
    """The final answer, its body still unread (as are those of the redirects)."""
    request = client.build_request("GET", url)
    for _ in range(_MAX_REDIRECTS + 1):
        answer = client.send(request, stream=True)
        if not answer.has_redirect_location or answer.next_request is None:
            return answer
        request = answer.next_request
        answer.close()
    raise ValueError("too many redirects")


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _save(answer: httpx.Response, url: str, folder: int, max_bytes: int, progress) -> str:
    if answer.status_code != 200:
        raise ValueError(f"the server answered with status {answer.status_code}")
    name = _file_name(url, answer)
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        pass
    else:
        raise FileExistsError(name)

    length = answer.headers.get("Content-Length", "")
    total = int(length) if re.fullmatch(r"[0-9]{1,20}", length) else None
    if total is not None and "Transfer-Encoding" not in answer.headers:
        if total > max_bytes and not _packings(answer):
            raise ValueError("the file is too big")

    # Written under a name of our own and linked to the final one when it is
    # complete: link() never replaces and never follows anything.
    part = f".{secrets.token_hex(16)}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(part, flags, 0o666, dir_fd=folder)
    try:
        done = 0
        for piece in _content(answer, max_bytes):
            if done + len(piece) > max_bytes:
                raise ValueError("the file is too big")
            _write(fd, piece)
            done += len(piece)
            if progress is not None:
                progress(done, total)
        try:
            os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError:
            raise FileExistsError(name) from None
    finally:
        os.close(fd)
        os.unlink(part, dir_fd=folder)
    return name


def download(url: str, folder: str, max_bytes: int, progress=None) -> str:
    """Save the file at `url` in `folder` and return its name there."""
    where = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with httpx.Client(
            timeout=30.0, follow_redirects=False, headers={"Accept-Encoding": "identity"}
        ) as client:
            answer = _open(client, url)
            try:
                return _save(answer, url, where, max_bytes, progress)
            finally:
                answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error) as error:
        raise ValueError(f"the download failed: {error}") from error
    finally:
        os.close(where)
