"""Certificates for the servers of the doubles, without a file system.

Two authorities: one that the candidate's process is told to trust, one that
nobody knows. `ssl` loads key and chain from a path only, so they are written
to an anonymous file in memory that is opened by its descriptor; that works in
a process that may open nothing else.

Imitates: a trusted, an unknown, an expired certificate and one of another
name. Does not imitate: revocation, intermediate authorities, client
certificates.
"""

from __future__ import annotations

import datetime
import functools
import os
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import Literal, get_args

import trustme

Kind = Literal["valid", "untrusted", "expired", "wrong_host"]
KINDS: tuple[str, ...] = get_args(Kind)

_OTHER_NAME = "certificate-of-another.example"


@dataclass(frozen=True)
class _Authorities:
    """The authorities, made once and shared by the processes forked later."""

    trusted: trustme.CA = field(default_factory=lambda: trustme.CA(key_type=trustme.KeyType.ECDSA))
    unknown: trustme.CA = field(default_factory=lambda: trustme.CA(key_type=trustme.KeyType.ECDSA))


@dataclass(frozen=True)
class _Memory:
    """The anonymous file of one process; a forked one needs its own."""

    descriptor: int = field(default_factory=lambda: os.memfd_create("certificate"))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self, context: ssl.SSLContext, pem: bytes) -> None:
        """Make ``context`` present the key and chain of ``pem``."""
        with self.lock:
            os.ftruncate(self.descriptor, 0)
            os.pwrite(self.descriptor, pem, 0)
            context.load_cert_chain(f"/proc/self/fd/{self.descriptor}")


@functools.cache
def _authorities() -> _Authorities:
    return _Authorities()


@functools.lru_cache(maxsize=4)
def _memory(_pid: int) -> _Memory:
    return _Memory()


def prepare() -> None:
    """Make what every certificate needs; call it once, before the process forks, is confined and starts threads."""
    server_context("localhost", "valid")


def ca_pem() -> bytes:
    """The certificate of the authority that the candidate's process is to trust."""
    return _authorities().trusted.cert_pem.bytes()


def new_server_context(host: str, kind: Kind = "valid") -> ssl.SSLContext:
    """A server's TLS context for ``host`` that nobody else holds.

    Args:
        host: Name or literal address the server is reached by.
        kind: What is wrong with the certificate, if anything.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _memory(os.getpid()).load(context, _pem(host, kind))
    return context


def accept(sock: socket.socket, host: str, kind: Kind = "valid") -> ssl.SSLSocket:
    """Take a client's TLS, with a certificate for the name it asks for, or else for ``host``.

    Raises:
        OSError: The client does not go on with it.
    """

    def named(tunnel: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        if name:
            tunnel.context = server_context(name.lower(), kind)

    context = new_server_context(host, kind)
    context.sni_callback = named
    return context.wrap_socket(sock, server_side=True)


@functools.lru_cache(maxsize=256)
def server_context(host: str, kind: Kind = "valid") -> ssl.SSLContext:
    """A server's TLS context for ``host``, shared; its arguments are those of `new_server_context`."""
    return new_server_context(host, kind)


@functools.lru_cache(maxsize=256)
def _pem(host: str, kind: Kind) -> bytes:
    return _issue(host, kind).private_key_and_cert_chain_pem.bytes()


def _issue(host: str, kind: Kind) -> trustme.LeafCert:
    authority = _authorities().unknown if kind == "untrusted" else _authorities().trusted
    name = _OTHER_NAME if kind == "wrong_host" else host
    key = trustme.KeyType.ECDSA
    if kind == "expired":
        past = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
        return authority.issue_cert(name, not_before=past, not_after=past.replace(year=2002), key_type=key)
    return authority.issue_cert(name, key_type=key)
