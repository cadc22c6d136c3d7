"""Mail servers that deliver into a box the test looks into.

Imitates: SMTP as clients speak it, with EHLO, STARTTLS and TLS from the
start, AUTH PLAIN and LOGIN, SIZE, 8BITMIME, SMTPUTF8, dot-unstuffing,
recipients refused, bad certificates, servers that never greet. An injected
header or recipient is delivered, as a real server would. Does not imitate:
relaying, bounces, CHUNKING, challenge-response logins, IMAP, POP.
"""

from __future__ import annotations

import email.message
import socket
import threading
from collections.abc import Collection, Mapping

from pythonsecurityeval.testkit.judge.doubles import mime
from pythonsecurityeval.testkit.judge.doubles import tls as certificates
from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.net import Net, hangs
from pythonsecurityeval.testkit.judge.doubles.smtp import Delivery, Login, Server, Session

__all__ = ["Delivery", "Login", "Mail"]

#: How long a server that never greets waits for its client to hang up.
PAUSE = 0.12
_MOST_DATA = 64 << 20  # of all mails of a test
_MOST_EFFORT = 32 << 20  # as `mime` counts it
_PER_PIECE = 64


class Mail:
    """The mail of one test.

    Attributes:
        box: What was delivered, in order, up to 64 MB of it.
        logins: Credentials that were given, right or wrong, in order.
        hung: Servers whose client still waited when they lost their patience.
        gave_up: Servers whose client hung up by itself.
    """

    def __init__(self, net: Net) -> None:
        self.box: list[Delivery] = []
        self.logins: list[Login] = []
        self.hung: list[str] = []
        self.gave_up: list[str] = []
        self._net = net
        self._lock = threading.Lock()
        self._data = Budget(_MOST_DATA)
        self._effort = Budget(_MOST_EFFORT)

    def server(
        self,
        host: str,
        port: int = 25,
        *,
        tls: bool = False,
        starttls: bool = True,
        users: Mapping[str, str] | None = None,
        certificate: certificates.Kind = "valid",
        refused: Collection[str] = (),
        stall: bool = False,
    ) -> None:
        """Run a mail server.

        Args:
            host: Its name.
            port: 25, 465 (with ``tls``) or 587 by custom.
            tls: Encrypted from the first byte.
            starttls: Whether STARTTLS is offered.
            users: Names and passwords; mail is then taken only after a login. None takes every login and mail without.
            certificate: What is wrong with the certificate, if anything.
            refused: Recipients that are not known here.
            stall: Never greet.
        """
        server = Server(
            host=host,
            tls=tls,
            starttls=starttls and not tls,
            users=users,
            certificate=certificate,
            refused=refused,
            stall=stall,
        )
        self._net.serve(host, port, lambda sock, _: self._converse(sock, server))
        if stall:
            self._net.stall(host)

    def take(self, size: int) -> None:
        """Count a line of mail, or a piece of a long one.

        Raises:
            OverdrawnError: They are more than any honest client sends.
        """
        self._data.spend(size + _PER_PIECE)

    def parse(self, raw: bytes) -> email.message.EmailMessage | None:
        """The message, parsed one at a time; None where it is unlike any honest one."""
        effort = mime.effort(raw)
        if effort > mime.MOST_EFFORT:
            return None
        self._effort.spend(effort)
        with self._lock:
            return mime.parse(raw)

    def deliver(self, mail: Delivery) -> None:
        """Put a mail into the box."""
        with self._lock:
            self.box.append(mail)

    def login(self, login: Login) -> None:
        """Note credentials that were given."""
        with self._lock:
            self.logins.append(login)

    def _converse(self, sock: socket.socket, server: Server) -> None:
        if server.stall:
            (self.hung if hangs(sock, PAUSE) else self.gave_up).append(server.host)
            return
        session = Session(sock, server, self)
        try:
            session.serve()
        finally:
            session.close()
