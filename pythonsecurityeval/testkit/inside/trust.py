"""TLS trust: the benchmark's root stands for the system's certificates.

Not by environment: with ``REQUESTS_CA_BUNDLE`` set, requests ignores
``session.verify = False``, and ``trust_env=False`` ignores the root. A bundle
of the candidate's own, from its folder or from a text, is loaded as it is.
"""

from __future__ import annotations

import errno
import functools
import os
import ssl
import sys
from pathlib import Path
from typing import Any

from pythonsecurityeval.testkit.inside.faults import replace
from pythonsecurityeval.testkit.inside.line import JUDGE
from pythonsecurityeval.testkit.inside.pairs import state_of


def install() -> None:
    """Let every context that would trust the system's roots trust the judge's instead; nobody, if it has none."""
    real = ssl.SSLContext.load_verify_locations

    def trust(self: ssl.SSLContext) -> None:
        if JUDGE.ca_pem:
            real(self, cadata=JUDGE.ca_pem)

    def load_verify_locations(self: ssl.SSLContext, cafile: Any = None, capath: Any = None, cadata: Any = None) -> None:
        paths = [path for path in (cafile, capath) if path is not None]
        if paths and all(_is_system(path) for path in paths):
            trust(self)
        else:
            real(self, cafile, capath, cadata)

    def load_default_certs(self: ssl.SSLContext, purpose: Any = ssl.Purpose.SERVER_AUTH) -> None:
        del purpose
        trust(self)

    replace(
        ssl.SSLContext,
        load_verify_locations=load_verify_locations,
        load_default_certs=load_default_certs,
        set_default_verify_paths=trust,
    )
    replace(ssl.SSLSocket, recv=_recv)


_SYSTEM = ("/etc", "/usr", sys.prefix, sys.base_prefix)
_real_recv = ssl.SSLSocket.recv


def _recv(self: ssl.SSLSocket, buflen: int = 1024, flags: int = 0) -> bytes:
    """As the real one, which asks an unconnected socket for data and wants to hear that it is unconnected."""
    state = state_of(self)
    if state is not None and state.peer is None:
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
    return _real_recv(self, buflen, flags)


def _is_system(path: Any) -> bool:
    """Whether a file or folder is the system's or certifi's, and not one that the candidate has written."""
    try:
        place = Path(os.fsdecode(path)).resolve()
    except (TypeError, ValueError):
        return False
    return any(place.is_relative_to(root) for root in _system())


@functools.cache
def _system() -> tuple[Path, ...]:
    """Where the system's files lie; looked up once, as each connection asks."""
    return tuple(Path(root).resolve() for root in _SYSTEM)
