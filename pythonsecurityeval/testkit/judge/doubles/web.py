"""Web sites: what HTTP clients of any library meet on the wire.

Imitates: hosts told apart by name on shared addresses, TLS with good and bad
certificates, redirects, answers computed from the request, endless bodies,
servers that stall before or within the answer, WSGI applications. What is
known of a client is what it did: a request that arrived over a bad
certificate shows that nobody checked it. Does not imitate: HTTP/2, proxies,
web sockets, caches.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json as jsonlib
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.httpwire import (
    BadRequest,
    Headers,
    Pairs,
    Request,
    Response,
    Upload,
    read_request,
    write_response,
)
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer, hangs

__all__ = ["Headers", "Request", "Response", "Upload", "Web"]

Answer = Response | bytes | str | dict[str, Any] | list[Any] | None
Body = bytes | str | Iterable[bytes] | Callable[[Request], Answer]
Stall = Literal["head", "body"]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

#: How long a stalling server waits for its client to hang up; the client's clocks run a thousand times faster then.
PAUSE = 0.12
#: An endless body ends here, and after so many seconds without a byte taken.
MOST_ENDLESS = 64 << 20
_IDLE = 1.0
_CHUNK = b"0" * 65536
_MOST_REQUESTS = 2000
_MOST_BODIES = 64 << 20  # of all requests of a test


@dataclass(frozen=True, kw_only=True)
class _Route:
    answer: Callable[[Request], Response]
    stall: Stall | None = None


@dataclass(frozen=True)
class _Site:
    scheme: str
    certificate: tls.Kind
    routes: dict[str, _Route]


class Web:
    """The web of one test.

    Attributes:
        requests: What arrived, in order.
        hung: URLs whose client still waited when a stalling server lost its patience.
        gave_up: URLs whose client hung up on a stalling server by itself.
        taken: Bytes of endless bodies that clients took.
        faults: Errors of the test's own callables.
    """

    def __init__(self, net: Net, faults: list[Exception]) -> None:
        self.requests: list[Request] = []
        self.hung: list[str] = []
        self.gave_up: list[str] = []
        self.taken = 0
        self.faults = faults
        self._net = net
        self._lock = threading.Lock()
        self._bodies = Budget(_MOST_BODIES)
        self._contexts: dict[tuple[str, int, tls.Kind], ssl.SSLContext] = {}
        self._sites: dict[tuple[str, int], _Site] = {}

    def route(
        self,
        url: str,
        body: Body = b"",
        *,
        json: Any = None,
        status: int = 200,
        headers: Pairs | dict[str, str] = (),
        certificate: tls.Kind = "valid",
        stall: bool | Stall = False,
        endless: bool = False,
        ip: str | Sequence[str] | None = None,
    ) -> None:
        """Answer requests for ``url``.

        Args:
            url: With a query, only that query is answered; without, any. A path that ends in ``*`` answers all below.
            body: Bytes, text, parts, or a function of the request that returns any of these, JSON or a `Response`.
            json: A document, instead of ``body``.
            status: The answer's status.
            headers: More header fields.
            certificate: What is wrong with the server's certificate, if anything.
            stall: Never answer (``True``, ``"head"``), or begin the body and never end it (``"body"``).
            endless: The body never ends; `taken` counts.
            ip: Address of the host; a list is one for each look-up.
        """
        where = urllib.parse.urlsplit(url)
        host = (where.hostname or "").lower()
        pairs = tuple(headers.items() if isinstance(headers, dict) else headers)
        if json is not None:
            body, pairs = jsonlib.dumps(json), (("Content-Type", "application/json"), *pairs)
        answer = self._answer(self._endless if endless else body, status, pairs)
        site = self._site(where.scheme, host, where.port, certificate, ip)
        kind: Stall | None = stall if isinstance(stall, str) else "head" if stall else None
        site.routes[urllib.parse.urlunsplit(("", "", where.path or "/", where.query, ""))] = _Route(
            answer=answer, stall=kind
        )
        if kind:
            self._net.stall(host)

    def redirect(self, url: str, to: str, *, status: int = 302, ip: str | Sequence[str] | None = None) -> None:
        """Redirect ``url`` to another address, which may be relative."""
        self.route(url, status=status, headers={"Location": to}, ip=ip)

    def app(
        self, host: str, wsgi: WsgiApp, *, scheme: str = "https", port: int | None = None, ip: str | None = None
    ) -> None:
        """Serve a WSGI application of the test's own on a host."""
        site = self._site(scheme, host.lower(), port, "valid", ip)
        site.routes["/*"] = _Route(answer=self._answer(lambda request: _call_wsgi(wsgi, request), 200, ()))

    def asked(self, url: str) -> list[Request]:
        """The requests that arrived for ``url``, whatever their query if it has none."""
        return [r for r in self.requests if url in {r.url, r.url.partition("?")[0]}]

    def _site(
        self, scheme: str, host: str, port: int | None, certificate: tls.Kind, ip: str | Sequence[str] | None
    ) -> _Site:
        port = port or (443 if scheme == "https" else 80)
        with self._lock:
            known = self._sites.get((host, port))
            routes = known.routes if known else {}
            site = self._sites[host, port] = _Site(scheme, certificate, routes)
        self._net.serve(host, port, lambda sock, peer: self._converse(sock, peer, host), ip)
        return site

    def _answer(self, body: Body, status: int, headers: Pairs) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            content: Any = body
            if callable(body):
                try:
                    content = body(request)
                except Exception as error:  # noqa: BLE001  the test's own callable: its fault is kept, not the client's
                    self.faults.append(error)
                    return Response(status=500)
            return _response(content, status, headers)

        return answer

    def _endless(self, _: Request) -> Response:
        return Response(body=self._flow())

    def _flow(self) -> Iterator[bytes]:
        for _ in range(MOST_ENDLESS // len(_CHUNK)):
            yield _CHUNK
            with self._lock:
                self.taken += len(_CHUNK)

    def _converse(self, sock: socket.socket, peer: Peer, host: str) -> None:
        site, spend = self._sites[host, peer.port], self._bodies.spend
        if site.scheme == "https":
            sock = self._secure(sock, host, peer.port)
        with sock, sock.makefile("rb") as stream, sock.makefile("wb") as out:
            go_on = True
            while go_on:
                try:
                    request = read_request(stream, out, scheme=site.scheme, host=host, ip=peer.host, spend=spend)
                except BadRequest:
                    out.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                if request is None or not self._keep(request):
                    return
                go_on = self._reply(sock, out, request, self._find(request, host, peer.port))

    def _keep(self, request: Request) -> bool:
        with self._lock:
            self.requests.append(request)
            return len(self.requests) < _MOST_REQUESTS

    def _secure(self, sock: socket.socket, host: str, port: int) -> ssl.SSLSocket:
        certificate = self._sites[host, port].certificate
        with self._lock:
            context = self._contexts.get((host, port, certificate))
            if context is None:
                context = self._contexts[host, port, certificate] = tls.new_server_context(host, certificate)
                context.sni_callback = functools.partial(self._named, host, port)
        return context.wrap_socket(sock, server_side=True)

    def _named(
        self, host: str, port: int, tunnel: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext
    ) -> None:
        """Present the certificate of the site that the client names."""
        site = self._sites.get(((name or host).lower(), port))
        if site and name and name.lower() != host:
            tunnel.context = tls.server_context(name.lower(), site.certificate)

    def _find(self, request: Request, host: str, port: int) -> _Route | None:
        site = self._sites.get((request.host, port)) or self._sites[host, port]
        exact = site.routes.get(request.target) or site.routes.get(request.path)
        below = (p for p in site.routes if p.endswith("*") and request.target.startswith(p[:-1]))
        return exact or site.routes.get(max(below, key=len, default=""))

    def _reply(self, sock: socket.socket, out: io.BufferedWriter, request: Request, route: _Route | None) -> bool:
        if route is None:
            return write_response(out, request, Response(body=b"not found", status=404))
        if route.stall == "head":
            self._wait(sock, request)
            return False
        response = route.answer(request)
        if route.stall == "body":
            body = response.body if isinstance(response.body, bytes) else b""
            response = Response(
                body=self._stalled(sock, request, body), status=response.status, headers=response.headers
            )
        if not isinstance(response.body, bytes):
            sock.settimeout(_IDLE)
        return write_response(out, request, response)

    def _stalled(self, sock: socket.socket, request: Request, body: bytes) -> Iterator[bytes]:
        yield body or b" "
        self._wait(sock, request)
        raise ConnectionAbortedError

    def _wait(self, sock: socket.socket, request: Request) -> None:
        (self.hung if hangs(sock, PAUSE) else self.gave_up).append(request.url)


def _response(content: Any, status: int, headers: Pairs) -> Response:
    if isinstance(content, Response):
        return Response(body=content.body, status=content.status, headers=(*headers, *content.headers))
    if content is None:
        content = b""
    if isinstance(content, str):
        content = content.encode()
    if isinstance(content, (dict, list)) and not all(isinstance(part, bytes) for part in content):
        headers = (("Content-Type", "application/json"), *headers)
        content = jsonlib.dumps(content).encode()
    return Response(body=content, status=status, headers=headers)


def _call_wsgi(app: WsgiApp, request: Request) -> Response:
    scheme, _, rest = request.url.partition("://")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": urllib.parse.unquote(request.path, "latin-1"),
        "QUERY_STRING": request.target.partition("?")[2],
        "SERVER_NAME": request.host,
        "SERVER_PORT": str(urllib.parse.urlsplit(f"//{rest}").port or (443 if scheme == "https" else 80)),
        "SERVER_PROTOCOL": request.version,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    environ |= {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in request.headers.items()}
    started: list[tuple[str, list[tuple[str, str]]]] = []
    result = app(environ, lambda status, headers, *_: started.append((status, headers)))
    body = b"".join(result)
    if closing := getattr(result, "close", None):
        with contextlib.suppress(OSError):
            cast("Callable[[], None]", closing)()
    status, headers = started[-1]
    return Response(body=body, status=int(status.split()[0]), headers=headers)
