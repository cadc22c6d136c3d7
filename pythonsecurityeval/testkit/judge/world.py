"""The world of one test: every double that its candidate can meet."""

from __future__ import annotations

import socket
from collections.abc import Callable

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.mail import Mail
from pythonsecurityeval.testkit.judge.doubles.net import Net
from pythonsecurityeval.testkit.judge.doubles.shell import Folder, Shell
from pythonsecurityeval.testkit.judge.doubles.sql.mysql import MySql
from pythonsecurityeval.testkit.judge.doubles.sql.postgres import Postgres
from pythonsecurityeval.testkit.judge.doubles.sql.server import SqlServer
from pythonsecurityeval.testkit.judge.doubles.web import Web


def prepare() -> None:
    """Make what all tests share; call it once, before the process forks, is confined and starts threads."""
    tls.prepare()
    for server in (MySql(Net(_no_server)), Postgres(Net(_no_server))):
        server.script("CREATE TABLE warm(id INT PRIMARY KEY, a VARCHAR(9)); INSERT INTO warm(a) VALUES('b')")
        server.query("SELECT a FROM warm WHERE a LIKE 'b%'")
        server.close()


def _no_server(port: int) -> socket.socket:
    raise ConnectionRefusedError(port)


class World:
    """Made anew for each test.

    Attributes:
        uses: What the test said it needs.
        faults: Errors of the test's own callables; they are no doing of the candidate.
        net: Names, addresses and servers.
        web: Web sites.
        mail: Mail servers.
        shell: Programs.
    """

    def __init__(self, files: Folder, uses: tuple[str, ...], dial: Callable[[int], socket.socket]) -> None:
        self.uses = uses
        self.faults: list[Exception] = []
        self.net = Net(dial)
        self.web = Web(self.net, self.faults)
        self.mail = Mail(self.net)
        self.shell = Shell(files, self.faults)
        self._mysql = MySql(self.net) if "mysql" in uses else None
        self._postgres = Postgres(self.net) if "postgres" in uses else None

    @property
    def mysql(self) -> MySql:
        """The MySQL server.

        Raises:
            AttributeError: The test does not say that it uses one.
        """
        if self._mysql is None:
            raise AttributeError('`uses` of this test does not name "mysql"')
        return self._mysql

    @property
    def postgres(self) -> Postgres:
        """The PostgreSQL server.

        Raises:
            AttributeError: The test does not say that it uses one.
        """
        if self._postgres is None:
            raise AttributeError('`uses` of this test does not name "postgres"')
        return self._postgres

    def close(self) -> None:
        """End what still runs."""
        servers: tuple[SqlServer | None, ...] = (self._mysql, self._postgres)
        for server in servers:
            if server:
                server.close()
