"""The world of one test: every double that its candidate can meet."""

from __future__ import annotations

import socket
from collections.abc import Callable

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.dynamo.service import Dynamo
from pythonsecurityeval.testkit.judge.doubles.mail import Mail
from pythonsecurityeval.testkit.judge.doubles.mongo.server import Mongo
from pythonsecurityeval.testkit.judge.doubles.net import Net
from pythonsecurityeval.testkit.judge.doubles.shell import Folder, Shell
from pythonsecurityeval.testkit.judge.doubles.sql.mssql import MsSql
from pythonsecurityeval.testkit.judge.doubles.sql.mysql import MySql
from pythonsecurityeval.testkit.judge.doubles.sql.postgres import Postgres
from pythonsecurityeval.testkit.judge.doubles.web import Web


def prepare() -> None:
    """Make what all tests share; call it once, before the process forks, is confined and starts threads."""
    tls.prepare()
    for server in (MySql(Net(_no_server)), Postgres(Net(_no_server)), MsSql(Net(_no_server))):
        server.script("CREATE TABLE warm(id INT PRIMARY KEY, a VARCHAR(9)); INSERT INTO warm(a) VALUES('b')")
        server.query("SELECT a FROM warm WHERE a LIKE 'b%'")
        server.close()
    mongo = Mongo(Net(_no_server))
    mongo.insert("warm.warm", {"a": "b"})
    mongo.documents("warm.warm", {"a": {"$regex": "^b"}})


def _no_server(port: int) -> socket.socket:
    raise ConnectionRefusedError(port)


class World:
    """Made anew for each test.

    Attributes:
        uses: What the test said it needs. All of it is there in any case: a candidate that finds something
            missing could tell its tests apart.
        faults: Errors of the test's own callables; they are no doing of the candidate.
        net: Names, addresses and servers.
        web: Web sites.
        mail: Mail servers.
        shell: Programs.
        mysql: The MySQL server, at every name and address.
        postgres: The PostgreSQL server, likewise.
        mssql: The SQL Server, likewise.
        mongo: The MongoDB server, likewise.
        dynamodb: DynamoDB, once a test made a table or asked for it.
    """

    def __init__(self, files: Folder, uses: tuple[str, ...], dial: Callable[[int], socket.socket]) -> None:
        self.uses = uses
        self.faults: list[Exception] = []
        self.net = Net(dial)
        self.web = Web(self.net, self.faults)
        self.mail = Mail(self.net)
        self.shell = Shell(files, self.faults)
        self.mysql = MySql(self.net)
        self.postgres = Postgres(self.net)
        self.mssql = MsSql(self.net)
        self.mongo = Mongo(self.net)
        self.dynamodb = Dynamo(self.web)

    def close(self) -> None:
        """End what still runs."""
        self.mysql.close()
        self.postgres.close()
        self.mssql.close()
