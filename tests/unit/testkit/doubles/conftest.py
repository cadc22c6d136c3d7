"""Real client libraries in this process, their sockets led to the doubles."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Iterator

import psycopg2
import psycopg2.sql
import pytest

from pythonsecurityeval.testkit.inside import drivers, psycopg
from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer
from pythonsecurityeval.testkit.judge.doubles.sql.mysql import MySql
from pythonsecurityeval.testkit.judge.doubles.sql.postgres import Postgres


class Wire:
    """Leads `connect` and name look-up of this process to a `Net`."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.threads: list[threading.Thread] = []

    def open(self, host: str, port: int) -> socket.socket:
        handler = self.net.find(host, port)
        if handler is None:
            raise ConnectionRefusedError(111, "Connection refused")
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=handler, args=(theirs, Peer(host, port)), daemon=True)
        thread.start()
        self.threads.append(thread)
        return ours

    def connect(self, sock: socket.socket, address: tuple[str, int]) -> None:
        with self.open(*address[:2]) as ours:
            os.dup2(ours.fileno(), sock.fileno())

    def resolve(self, host, port, family=0, type=0, proto=0, flags=0):  # noqa: A002  the signature of getaddrinfo
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port or 0)) for ip in self.net.resolve(host, port or 0)
        ]

    def join(self) -> None:
        for thread in self.threads:
            thread.join(5)
            if thread.is_alive():
                raise TimeoutError("a handler did not end")


def no_server(port: int) -> socket.socket:
    raise ConnectionRefusedError(port)


@pytest.fixture
def net() -> Net:
    return Net(no_server)


@pytest.fixture
def wire(net: Net, monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire(net)
    monkeypatch.setattr(socket.socket, "connect", lambda sock, address: wire.connect(sock, address))
    monkeypatch.setattr(socket.socket, "setsockopt", lambda *_: None)
    monkeypatch.setattr(socket, "getaddrinfo", wire.resolve)
    monkeypatch.setattr(ssl, "create_default_context", trusting)
    return wire


def trusting(*args, **options) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=tls.ca_pem().decode())
    return context


@pytest.fixture
def ca_file(tmp_path):
    path = tmp_path / "ca.pem"
    path.write_bytes(tls.ca_pem())
    return str(path)


@pytest.fixture
def mysql(request: pytest.FixtureRequest, net: Net, wire: Wire) -> Iterator[MySql]:
    """A MySQL server with the ``TABLES`` of the module, and the drivers led to it."""
    drivers.install_mysql()
    server = MySql(net)
    server.script(request.module.TABLES)
    yield server
    server.close()


@pytest.fixture
def postgres(
    request: pytest.FixtureRequest, net: Net, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Postgres]:
    """A PostgreSQL server with the ``TABLES`` of the module, and psycopg2 led to it."""
    for owner, name in ((psycopg2, "_connect"), (psycopg2.sql.Literal, "as_string")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    psycopg.install()
    server = Postgres(net)
    server.script(request.module.TABLES)
    yield server
    server.close()
