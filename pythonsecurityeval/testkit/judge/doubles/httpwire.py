"""HTTP/1.1 as a server speaks it: requests read within bounds, answers written.

Imitates: keep-alive and `Connection: close`, HTTP/1.0, HEAD, chunked bodies
both ways, `Expect: 100-continue`. Does not imitate: HTTP/2, pipelined answers
out of order, trailers, upgrades.
"""

from __future__ import annotations

import email.parser
import email.policy
import http
import http.client
import json
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pythonsecurityeval.testkit.judge.doubles import mime

MOST_BODY = 16 << 20
_LONGEST_LINE = 65536
_PIECE = 65536
_MOST_FIELDS = 10_000
_LONGEST_NUMBER = 12
_BODYLESS = {*range(100, 200), 204, 304}
Pairs = Iterable[tuple[str, str]]


class BadRequest(Exception):
    """The client does not speak HTTP, or says too much; the connection ends."""


class Headers(Mapping[str, str]):
    """Header fields in order; look-up ignores case, repeated fields are joined by a comma."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = tuple(pairs)

    def __getitem__(self, name: str) -> str:
        values = [value for key, value in self.pairs if key.lower() == name.lower()]
        if not values:
            raise KeyError(name)
        return ", ".join(values)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(key.lower() == name.lower() for key, _ in self.pairs)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(key.lower() for key, _ in self.pairs))

    def __len__(self) -> int:
        return len({key.lower() for key, _ in self.pairs})

    def __repr__(self) -> str:
        return f"Headers({list(self.pairs)!r})"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file of a multipart form."""

    filename: str
    type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Request:
    """What arrived.

    Attributes:
        ip: The address the client dialled.
        target: Path and query as they were sent.
    """

    method: str
    url: str
    host: str
    target: str
    headers: Headers
    body: bytes = b""
    ip: str = ""
    version: str = "HTTP/1.1"

    @property
    def path(self) -> str:
        """The path, undecoded, without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The query's fields; of a repeated one the last."""
        return dict(urllib.parse.parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode(errors="replace")

    @property
    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: It is none.
        """
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error

    @property
    def form(self) -> dict[str, str]:
        """Fields of a form, URL-encoded or multipart; of a repeated one the last."""
        if self._type.startswith("multipart/"):
            return {name: data.decode(errors="replace") for name, file, _, data in self._parts() if file is None}
        return dict(urllib.parse.parse_qsl(self.text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))

    @property
    def files(self) -> dict[str, Upload]:
        """Files of a multipart form by field name."""
        return {n: Upload(filename=f, type=t, data=d) for n, f, t, d in self._parts() if f is not None}

    @property
    def _type(self) -> str:
        return self.headers.get("content-type", "")

    def _parts(self) -> Iterator[tuple[str, str | None, str, bytes]]:
        if not self._type.startswith("multipart/"):
            return
        raw = f"Content-Type: {self._type}\r\n\r\n".encode() + self.body
        if mime.effort(raw) > mime.MOST_EFFORT:
            raise ValueError("a form unlike any honest one")
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(raw)
        for part in message.iter_parts():
            name = part.get_param("name", "", header="content-disposition")
            data = part.get_payload(decode=True)
            yield str(name), part.get_filename(), part.get_content_type(), data if isinstance(data, bytes) else b""


@dataclass(frozen=True, kw_only=True)
class Response:
    """An answer; an iterable body is sent in chunks, as long as the client takes them."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Pairs = field(default_factory=tuple)


def read_request(
    stream: BinaryIO, out: BinaryIO, *, scheme: str, host: str, ip: str, spend: Callable[[int], None]
) -> Request | None:
    """The next request of a connection, or None at its end.

    Args:
        stream: What the client sends.
        out: Where ``100 Continue`` goes.
        scheme: ``http`` or ``https``.
        host: The server's name where the client names none.
        ip: The address it dialled.
        spend: Is told how many bytes of a body arrived, and may raise.

    Raises:
        BadRequest: It is none, or too large.
    """
    line = stream.readline(_LONGEST_LINE).decode("latin-1").strip()
    if not line:
        return None
    method, _, rest = line.partition(" ")
    target, _, version = rest.partition(" ")
    if not target or not version.startswith("HTTP/1."):
        raise BadRequest(line[:80])
    try:
        fields = http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise BadRequest("bad headers") from error
    headers = Headers((key, str(value)) for key, value in fields.items())
    if headers.get("expect", "").lower() == "100-continue":
        out.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        out.flush()
    where = _absolute(target)
    authority = (where.netloc if where else "") or headers.get("host", host)
    target = urllib.parse.urlunsplit(("", "", where.path or "/", where.query, "")) if where else target
    return Request(
        method=method.upper(),
        url=f"{scheme}://{authority}{target}",
        host=_name(authority),
        target=target,
        headers=headers,
        body=_read_body(stream, headers, spend),
        ip=ip,
        version=version,
    )


def _absolute(target: str) -> urllib.parse.SplitResult | None:
    """The URL that a client of a proxy sends instead of a path."""
    try:
        return urllib.parse.urlsplit(target) if "://" in target[:10] else None
    except ValueError as error:
        raise BadRequest("bad URL") from error


def _name(authority: str) -> str:
    return (
        authority.rpartition("@")[2].rsplit(":", 1)[0].lower() if "]" not in authority else authority.split("]")[0][1:]
    )


def _read_body(stream: BinaryIO, headers: Headers, spend: Callable[[int], None]) -> bytes:
    body = bytearray()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        _read_chunks(stream, body, spend)
        return bytes(body)
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or len(length) > _LONGEST_NUMBER or int(length) > MOST_BODY:
        raise BadRequest("bad length")
    _read_exactly(stream, int(length), body, spend)
    return bytes(body)


def _read_exactly(stream: BinaryIO, size: int, body: bytearray, spend: Callable[[int], None]) -> None:
    """Read piece by piece: no room is made for what is announced and never sent."""
    while size and (piece := stream.read(min(size, _PIECE))):
        spend(len(piece))
        body += piece
        size -= len(piece)


def _read_chunks(stream: BinaryIO, body: bytearray, spend: Callable[[int], None]) -> None:
    left = MOST_BODY
    while True:
        try:
            size = int(stream.readline(_LONGEST_LINE).partition(b";")[0], 16)
        except ValueError as error:
            raise BadRequest("bad chunk") from error
        left -= size
        if size < 0 or left < 0:
            raise BadRequest("body too large")
        _read_exactly(stream, size, body, spend)
        stream.readline(_LONGEST_LINE)
        if not size:
            return


def keeps_alive(request: Request) -> bool:
    """Whether the client wants to ask again on this connection."""
    wish = request.headers.get("connection", "").lower()
    return "close" not in wish and (request.version != "HTTP/1.0" or "keep-alive" in wish)


def write_response(out: BinaryIO, request: Request, response: Response) -> bool:
    """Send an answer; whether the connection can go on."""
    body = response.body
    given = {key.lower() for key, _ in response.headers}
    lines = [f"{key}: {value}" for key, value in response.headers]
    streamed = not isinstance(body, bytes)
    chunked = streamed and request.version != "HTTP/1.0" and not given & {"content-length", "transfer-encoding"}
    if chunked:
        lines.append("Transfer-Encoding: chunked")
    elif isinstance(body, bytes) and "content-length" not in given and response.status not in _BODYLESS:
        lines.append(f"Content-Length: {len(body)}")
    go_on = (
        keeps_alive(request)
        and (chunked or not streamed)
        and "close" not in Headers(response.headers).get("connection", "")
    )
    lines += [] if go_on else ["Connection: close"]
    out.write("\r\n".join([_status_line(response.status), *lines, "", ""]).encode("latin-1", "replace"))
    if request.method != "HEAD" and response.status not in _BODYLESS:
        _write_body(out, body, chunked=chunked)
    out.flush()
    return go_on


def _status_line(status: int) -> str:
    phrase = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else "Unknown"
    return f"HTTP/1.1 {status} {phrase}"


def _write_body(out: BinaryIO, body: bytes | Iterable[bytes], *, chunked: bool) -> None:
    if isinstance(body, bytes):
        out.write(body)
        return
    for part in body:
        out.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
        out.flush()
    if chunked:
        out.write(b"0\r\n\r\n")
