"""Name look-up, answered by the judge; cut below ``socket``, in the module it takes its functions from."""

from __future__ import annotations

import _socket
import contextlib
import socket
from typing import Any

from pythonsecurityeval.testkit.inside.faults import deliberate, replace, seam
from pythonsecurityeval.testkit.inside.line import JUDGE

_LINES = {"ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "http": 80, "pop3": 110, "ntp": 123}
_SERVICES = {**_LINES, "imap": 143, "ldap": 389, "https": 443, "smtps": 465, "submission": 587, "imaps": 993}
_KINDS = ((socket.SOCK_STREAM, socket.IPPROTO_TCP), (socket.SOCK_DGRAM, socket.IPPROTO_UDP))


def _is_literal(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError, ValueError):
            socket.inet_pton(family, host)
            return True
    return False


def _look_up(host: Any, port: int = 0) -> list[str]:
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        raise deliberate(TypeError("getaddrinfo() argument 1 must be string or None"))
    if "\0" in host:
        raise deliberate(ValueError("embedded null character"))
    if _is_literal(host):
        return [host]
    host.encode("idna")  # a label too long or empty is a UnicodeError there too
    found: list[str] = JUDGE.line.ask("resolve", host, port)
    return found


def _port(port: Any) -> int:
    if isinstance(port, bytes):
        port = port.decode("ascii", "replace")
    if port is None or isinstance(port, int):
        return port or 0
    if not isinstance(port, str):
        raise deliberate(OSError("Int or String expected"))
    number = int(port) if port.isdecimal() else _SERVICES.get(port)
    if number is None:
        raise socket.gaierror(socket.EAI_SERVICE, "Servname not supported for ai_socktype")
    return number


def _addresses(host: Any, port: int, flags: int) -> list[str]:
    if host is None or host == "":
        return ["0.0.0.0", "::"] if flags & socket.AI_PASSIVE else ["127.0.0.1"]
    if flags & socket.AI_NUMERICHOST and not (isinstance(host, str) and _is_literal(host)):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _look_up(host, port)


@seam
def _getaddrinfo(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> list[Any]:  # noqa: A002  its name
    number, found = _port(port), []
    for address in _addresses(host, number, flags):
        of = socket.AF_INET6 if ":" in address else socket.AF_INET
        if family in {0, of}:
            place = (address, number, 0, 0) if of == socket.AF_INET6 else (address, number)
            found += [(of, kind, p, "", place) for kind, p in _KINDS if type in {0, kind} and proto in {0, p}]
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return found


@seam
def _gethostbyname(host: Any) -> str:
    return "0.0.0.0" if host == "" else _look_up(host)[0]


@seam
def _gethostbyname_ex(host: Any) -> tuple[str, list[str], list[str]]:
    return host, [], _look_up(host)


def _gethostbyaddr(host: Any) -> Any:
    raise socket.herror(1, f"Unknown host {host}")


def _getnameinfo(address: Any, flags: int) -> tuple[str, str]:
    del flags
    return str(address[0]), str(address[1])


def _getservbyname(name: str, *_: str) -> int:
    try:
        return _SERVICES[name]
    except KeyError:
        raise deliberate(OSError("service/proto not found")) from None


def install() -> None:
    """Cut the functions that look up names."""
    own: dict[str, Any] = {
        "gethostbyname": _gethostbyname,
        "gethostbyname_ex": _gethostbyname_ex,
        "gethostbyaddr": _gethostbyaddr,
    }
    own |= {"gethostbyaddr": _gethostbyaddr, "getnameinfo": _getnameinfo, "getservbyname": _getservbyname}
    replace(_socket, getaddrinfo=_getaddrinfo, **own)
    replace(socket, **own)
