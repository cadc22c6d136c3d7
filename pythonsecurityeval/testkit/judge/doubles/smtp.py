"""SMTP as a server speaks it: one session per connection."""

from __future__ import annotations

import base64
import binascii
import contextlib
import email.message
import io
import re
import socket
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, Protocol

from pythonsecurityeval.testkit.judge.doubles import tls as certificates

MOST_DATA = 8 << 20
_MOST_COMMANDS = 2000
_MOST_RECIPIENTS = 200
_LONGEST_LINE = 12288
_LONGEST_PIECE = 1 << 16
_ADDRESS = re.compile(r"\s*<([^<>]*)>(.*)|\s*(\S*)(.*)", re.DOTALL)


class Login(NamedTuple):
    """Credentials that a client gave, and whether they travelled encrypted."""

    user: str
    password: str
    tls: bool


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One mail as it was delivered.

    Attributes:
        sender: Address of the envelope.
        to: Addresses of the envelope, those of blind copies too.
        message: The parsed mail.
        tls: Whether it travelled encrypted.
        raw: The mail's bytes.
        user: Who was logged in.
    """

    sender: str
    to: list[str]
    message: email.message.EmailMessage
    tls: bool
    raw: bytes
    user: str | None = None


@dataclass(frozen=True, kw_only=True)
class Server:
    """How a server behaves; see `Mail.server`."""

    host: str
    tls: bool
    starttls: bool
    users: Mapping[str, str] | None
    certificate: certificates.Kind
    refused: Collection[str]
    stall: bool


class Office(Protocol):
    """Who takes what a session receives."""

    def take(self, size: int) -> None:
        """Count a piece of mail of so many bytes; raises where they are too many."""

    def parse(self, raw: bytes) -> email.message.EmailMessage | None:
        """The message; None where it is unlike any honest one."""

    def deliver(self, mail: Delivery) -> None:
        """Put a mail into the box."""

    def login(self, login: Login) -> None:
        """Note credentials that were given."""


@dataclass
class _Envelope:
    sender: str | None = None
    to: list[str] = field(default_factory=list)


class Session:
    """One connection of a client."""

    def __init__(self, sock: socket.socket, server: Server, office: Office) -> None:
        self.server = server
        self.office = office
        self.sock = sock
        self.user: str | None = None
        self.stream: BinaryIO = io.BytesIO()
        self.tls = False
        self.envelope = _Envelope()
        self.commands: dict[str, Callable[[str], str]] = {
            "HELO": lambda _: f"250 {server.host}",
            "EHLO": self._hello,
            "STARTTLS": self._start_tls,
            "AUTH": self._authenticate,
            "MAIL": self._mail_from,
            "RCPT": self._recipient,
            "DATA": self._data,
            "RSET": self._reset,
            "NOOP": lambda _: "250 OK",
            "VRFY": lambda _: "252 send some mail",
            "QUIT": lambda _: "221 bye",
        }

    def close(self) -> None:
        """Close what TLS made of the socket, and its reader."""
        self.stream.close()
        self.sock.close()

    def serve(self) -> None:
        """Converse to the end."""
        if self.server.tls:
            self._encrypt()
        self.stream = self.sock.makefile("rb")
        self._say(f"220 {self.server.host} ESMTP")
        for _ in range(_MOST_COMMANDS):
            line = self._line()
            if line is None:
                return
            verb, _, rest = line.partition(" ")
            command = self.commands.get(verb.upper())
            if command is None:
                self._say("500 command not recognised")
                continue
            self._say(command(rest.strip()))
            if verb.upper() == "QUIT":
                return

    def _say(self, answer: str) -> None:
        if answer:
            self.sock.sendall(answer.encode() + b"\r\n")

    def _line(self) -> str | None:
        raw = self.stream.readline(_LONGEST_LINE)
        return raw.decode("utf-8", "surrogateescape").rstrip("\r\n") if raw.endswith(b"\n") else None

    def _encrypt(self) -> None:
        context = certificates.server_context(self.server.host, self.server.certificate)
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.tls = True

    def _hello(self, _: str) -> str:
        self.envelope = _Envelope()
        features = [self.server.host, f"SIZE {MOST_DATA}", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN"]
        if self.server.starttls and not self.tls:
            features.append("STARTTLS")
        return "\r\n".join([*(f"250-{f}" for f in features[:-1]), f"250 {features[-1]}"])

    def _start_tls(self, _: str) -> str:
        if not self.server.starttls or self.tls:
            return "502 not offered"
        self._say("220 go ahead")
        self._encrypt()
        # What was sent in the clear after the command is forgotten with the old stream.
        self.stream = self.sock.makefile("rb")
        self.user, self.envelope = None, _Envelope()
        return ""

    def _authenticate(self, rest: str) -> str:
        mechanism, _, initial = rest.partition(" ")
        match mechanism.upper():
            case "PLAIN":
                fields = (self._unwrap(initial) if initial else self._challenge("")).split("\0")
                user, password = fields[-2:] if len(fields) > 1 else ("", "")
            case "LOGIN":
                user = self._unwrap(initial) if initial else self._challenge("Username:")
                password = self._challenge("Password:")
            case _:
                return "504 not offered"
        self.office.login(Login(user, password, self.tls))
        if self.server.users is not None and self.server.users.get(user) != password:
            return "535 5.7.8 authentication failed"
        self.user = user
        return "235 2.7.0 accepted"

    def _challenge(self, text: str) -> str:
        self._say(f"334 {base64.b64encode(text.encode()).decode()}")
        return self._unwrap(self._line() or "")

    @staticmethod
    def _unwrap(text: str) -> str:
        with contextlib.suppress(binascii.Error, ValueError):
            return base64.b64decode(text).decode("utf-8", "surrogateescape")
        return ""

    def _mail_from(self, rest: str) -> str:
        if self.server.users is not None and self.user is None:
            return "530 5.7.0 authentication required"
        address, options = _address(rest, "FROM:")
        if address is None:
            return "501 syntax: MAIL FROM:<address>"
        size = re.search(r"\bSIZE=(\d{1,15})", options, re.IGNORECASE)
        if size and int(size[1]) > MOST_DATA:
            return "552 too much mail data"
        self.envelope = _Envelope(sender=address)
        return "250 OK"

    def _recipient(self, rest: str) -> str:
        if self.envelope.sender is None:
            return "503 MAIL first"
        address, _ = _address(rest, "TO:")
        if not address:
            return "501 syntax: RCPT TO:<address>"
        if address in self.server.refused:
            return "550 no such user"
        if len(self.envelope.to) >= _MOST_RECIPIENTS:
            return "452 too many recipients"
        self.envelope.to.append(address)
        return "250 OK"

    def _data(self, _: str) -> str:
        sender, to = self.envelope.sender, self.envelope.to
        if sender is None or not to:
            return "503 RCPT first"
        self._say("354 end with a dot")
        raw = self._read_data()
        self.envelope = _Envelope()
        message = self.office.parse(raw) if raw is not None else None
        if raw is None or message is None:
            return "552 too much or unreadable mail data"
        self.office.deliver(Delivery(sender=sender, to=to, message=message, tls=self.tls, raw=raw, user=self.user))
        return "250 OK queued"

    def _read_data(self) -> bytes | None:
        data = bytearray()
        size, begins = 0, True
        while line := self.stream.readline(_LONGEST_PIECE):
            if begins and line in {b".\r\n", b".\n"}:
                return bytes(data) if size <= MOST_DATA else None
            size += len(line)
            self.office.take(len(line))
            if size <= MOST_DATA:
                data += line[1:] if begins and line.startswith(b".") else line
            begins = line.endswith(b"\n")
        raise ConnectionAbortedError

    def _reset(self, _: str) -> str:
        self.envelope = _Envelope()
        return "250 OK"


def _address(rest: str, keyword: str) -> tuple[str | None, str]:
    if not rest.upper().startswith(keyword):
        return None, ""
    match = _ADDRESS.fullmatch(rest[len(keyword) :])
    if not match:
        return None, ""
    return (match[1], match[2]) if match[1] is not None else (match[3], match[4])
