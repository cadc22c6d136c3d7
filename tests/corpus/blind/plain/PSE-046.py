import os
import zlib
from urllib.parse import unquote, urljoin, urlsplit

import requests
import urllib3
from werkzeug.http import parse_options_header

_PIECE = 65536
_MAX_REDIRECTS = 10


def _get(session, url):
    for _ in range(_MAX_REDIRECTS + 1):
        response = session.get(
            url,
            headers={"Accept-Encoding": "identity"},
            stream=True,
            allow_redirects=False,
            timeout=30,
        )
        if not response.is_redirect:
            return response
        # not left to requests, which reads the whole body of a redirect
        url = urljoin(response.url, response.headers["Location"])
        response.close()
    raise ValueError("too many redirects")


def _file_name(response, url):
    name = None
    disposition = response.headers.get("Content-Disposition")
    if disposition:
        try:  # many servers send plain UTF-8
            disposition = disposition.encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
        name = parse_options_header(disposition)[1].get("filename")
    if not name:
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    if name in ("", ".", "..") or any(ord(c) < 32 or ord(c) == 127 for c in name):
        raise ValueError(f"no usable file name: {name!r}")
    return name


def _raw(response, limit):
    """The body as it comes over the line, at most `limit()` bytes at a time."""
    while piece := response.raw.read(limit(), decode_content=False):
        yield piece


def _unpacked(response, limit):
    """The body unpacked piece by piece."""
    unpacker = None
    for packed in _raw(response, lambda: _PIECE):
        while packed:
            if unpacker is None:
                # gzip or zlib by the header; deflate without one also occurs
                bare = packed[:1] != b"\x1f" and (packed[0] & 0x0F) != 8
                unpacker = zlib.decompressobj(-15 if bare else 47)
            piece = unpacker.decompress(packed, limit())
            if piece:
                yield piece
            if unpacker.eof:
                packed, unpacker = unpacker.unused_data, None
            else:
                packed = unpacker.unconsumed_tail
    while unpacker is not None and not unpacker.eof:
        # what is still left inside
        piece = unpacker.decompress(b"", limit())
        if not piece:
            break
        yield piece
    if unpacker is not None and not unpacker.eof:
        raise ValueError("the answer is not complete")


def download(url: str, folder: str, max_bytes: int, progress=None) -> str:
    with requests.Session() as session, _get(session, url) as response:
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}")

        length = response.headers.get("Content-Length", "").strip()
        total = int(length) if length.isascii() and length.isdigit() else None
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding in ("", "identity"):
            if total is not None and total > max_bytes:
                raise ValueError("the file is too big")
            read = _raw
        elif encoding in ("gzip", "x-gzip", "deflate"):
            read = _unpacked
        else:
            raise ValueError(f"unknown content encoding {encoding!r}")

        name = _file_name(response, url)
        path = os.path.join(folder, name)
        done = 0
        with open(path, "xb") as file:
            try:
                for piece in read(response, lambda: min(_PIECE, max_bytes - done + 1)):
                    if done + len(piece) > max_bytes:
                        raise ValueError("the file is too big")
                    file.write(piece)
                    file.flush()
                    done += len(piece)
                    if progress is not None:
                        progress(done, total)
            except BaseException as error:
                os.unlink(path)
                if isinstance(error, (urllib3.exceptions.HTTPError, zlib.error)):
                    raise ValueError("the answer broke off") from error
                raise
        return name
