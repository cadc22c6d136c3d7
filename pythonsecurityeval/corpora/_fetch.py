"""Files of others: where they are looked for, how they are fetched, and that they are what was pinned.

Looked for in this order, and hashed every time:

1. the path that the caller gives: the file, or a folder that holds it;
2. ``PSE_CORPORA``: a folder with a folder for each corpus;
3. the cache: ``PSE_CACHE``, by default ``~/.cache/pythonsecurityeval``;
4. the pinned addresses, in turn.

Nothing of them is part of this project, and nothing fetched is ever executed by the loaders.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import IO

from pythonsecurityeval._jsonl import write_bytes
from pythonsecurityeval.errors import InfrastructureError, UsageError

_CHUNK = 64 * 1024
_SILENCE_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One file of others.

    Attributes:
        place: Its path in a folder laid out like the cache, ``securityeval/dataset.jsonl``.
        upstream: Its path in the repository it comes from, so that a clone serves as well.
        urls: Addresses that name a fixed revision, tried in turn.
        sha256: Hex SHA-256; None where no hash was published: then the first load fixes it for this cache.
        max_bytes: More than that is not read.
        seconds: The longest that fetching may take.
    """

    place: str
    upstream: str
    urls: tuple[str, ...]
    sha256: str | None
    max_bytes: int
    seconds: float = 300.0

    @property
    def file(self) -> str:
        """The name of the file."""
        return PurePosixPath(self.place).name


def obtain(pin: Pin, path: Path | None = None) -> bytes:
    """The bytes of a pinned file.

    Raises:
        UsageError: ``path`` or ``PSE_CORPORA`` does not hold the file, or holds another one; both hashes are named.
        InfrastructureError: It is nowhere at hand and cannot be fetched.
    """
    local = _given(pin, path)
    if local is not None:
        return _checked(pin, _read(pin, local), str(local))
    cached = _cache() / pin.place
    data = _from_cache(pin, cached)
    if data is None:
        data = _fetched(pin, cached)
        _keep(cached, data)
    return data


def _given(pin: Pin, path: Path | None) -> Path | None:
    """The file or folder that the caller or ``PSE_CORPORA`` provides; None if it is to be cached and fetched.

    Raises:
        UsageError: There is no such path, or the folder that the caller gave does not hold the file.
    """
    if path is not None:
        return _in(pin, path) or _refuse_folder(pin, path)
    folder = shelf()
    return None if folder is None else _in(pin, folder)


def shelf() -> Path | None:
    """The folder that ``PSE_CORPORA`` names, with a folder for each corpus.

    Raises:
        UsageError: There is no such folder.
    """
    if not (name := os.environ.get("PSE_CORPORA")):
        return None
    if not Path(name).is_dir():
        raise UsageError(
            f"PSE_CORPORA: {name} is no folder; name one laid out as securityeval/dataset.jsonl, or unset it"
        )
    return Path(name)


def _in(pin: Pin, path: Path) -> Path | None:
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; give {pin.file}, or a folder that holds it")
    if not path.is_dir():
        return path
    places = (path / name for name in (pin.file, pin.place, pin.upstream))
    return next((place for place in places if place.is_file()), None)


def _refuse_folder(pin: Pin, path: Path) -> Path:
    wanted = ", ".join(dict.fromkeys((pin.file, pin.place, pin.upstream)))
    raise UsageError(f"{path}: holds none of {wanted}; it can be had from {pin.urls[0]}")


def _read(pin: Pin, path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(pin.max_bytes + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(data) > pin.max_bytes:
        raise UsageError(f"{path}: larger than {pin.max_bytes} bytes, so it is not {pin.file}; see {pin.urls[0]}")
    return data


def _checked(pin: Pin, data: bytes, where: str) -> bytes:
    if problem := _mismatch(pin, data):
        raise UsageError(f"{where}: {problem}; the right file is at {pin.urls[0]}")
    return data


def _mismatch(pin: Pin, data: bytes) -> str:
    found = hashlib.sha256(data).hexdigest()
    return f"sha256 is {found}, expected {pin.sha256}" if pin.sha256 not in {None, found} else ""


# ---- the cache


def _cache() -> Path:
    if name := os.environ.get("PSE_CACHE"):
        return Path(name) / "corpora"
    try:
        return Path.home() / ".cache" / "pythonsecurityeval" / "corpora"
    except RuntimeError:
        raise UsageError("this user has no home folder; set PSE_CACHE to a folder for fetched files") from None


def _note(cached: Path) -> Path:
    """Where the hash of a file stands that was fixed at its first load."""
    return cached.with_name(f"{cached.name}.sha256")


def _from_cache(pin: Pin, cached: Path) -> bytes | None:
    """The cached file if it is whole; a damaged one is as good as none."""
    try:
        with cached.open("rb") as file:
            data = file.read(pin.max_bytes + 1)
    except OSError:
        return None
    found = hashlib.sha256(data).hexdigest()
    return data if found == (pin.sha256 or _fixed(_note(cached), found)) else None


def _fixed(note: Path, found: str) -> str:
    """The hash that the first load fixed; this one, if this is the first."""
    try:
        return note.read_text("ascii").strip()
    except FileNotFoundError:
        write_bytes(note, f"{found}\n".encode())
        return found
    except (OSError, ValueError):
        return ""


def _keep(cached: Path, data: bytes) -> None:
    """Puts a file and its hash into the cache, each whole or not at all; two processes may do so at once."""
    write_bytes(cached, data)
    write_bytes(_note(cached), f"{hashlib.sha256(data).hexdigest()}\n".encode())


# ---- the network


class _Refused(Exception):  # noqa: N818, RUF100 - never leaves this module
    """Why one address did not give the file."""


class _NoDowngrade(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the web, but never from an encrypted address to a plain one."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if not newurl.startswith(("https:", "http:")):
            raise _Refused(f"redirects to {newurl:.200}, which is not on the web")
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise _Refused(f"redirects to {newurl:.200}, which is not encrypted")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _fetched(pin: Pin, cached: Path) -> bytes:
    reasons = []
    for url in pin.urls:
        try:
            data = b"".join(_chunks(pin, url))
        except _Refused as error:
            reasons.append(f"{url}: {error}")
        except (OSError, http.client.HTTPException, ValueError) as error:  # the last: what no address should be
            reasons.append(f"{url}: {_why(error)}")
        else:
            if not (problem := _mismatch(pin, data)):
                return data
            reasons.append(f"{url}: {problem}")
    damaged = " (the cached copy is damaged)" if cached.exists() else ""
    raise InfrastructureError(
        f"{pin.file} is not at hand{damaged} and could not be fetched ({'; '.join(reasons)}); "
        f"fetch it elsewhere and put it at {cached}, or name it with --corpus-path"
    )


def _chunks(pin: Pin, url: str) -> Iterator[bytes]:
    """The body of an answer, piece by piece.

    Raises:
        _Refused: It is too long, too slow, or breaks off.
    """
    deadline = time.monotonic() + pin.seconds
    request = urllib.request.Request(url, headers={"User-Agent": "pythonsecurityeval"})  # noqa: S310 - pinned
    opener = urllib.request.build_opener(_NoDowngrade)
    with opener.open(request, timeout=min(_SILENCE_S, pin.seconds)) as answer:
        announced, size = answer.headers.get("Content-Length"), 0
        while chunk := answer.read1(_CHUNK):
            size += len(chunk)
            if size > pin.max_bytes:
                raise _Refused(f"more than {pin.max_bytes} bytes, so it is not {pin.file}")
            if time.monotonic() > deadline:
                raise _Refused(f"not complete after {pin.seconds:g} s")
            yield chunk
        if announced not in {None, str(size)}:
            raise _Refused(f"broke off after {size} of {announced:.20} bytes")


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"answered {error.code} {error.reason}"
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__)
