"""Mutated conversations: whatever a hostile client sends, a handler ends, and nothing escapes from it."""

import random
import socket
import struct
import threading

import pytest

from pythonsecurityeval.testkit.judge.doubles.mail import Mail
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer
from pythonsecurityeval.testkit.judge.doubles.shell import Shell
from pythonsecurityeval.testkit.judge.doubles.sql.mysql import MySql
from pythonsecurityeval.testkit.judge.doubles.sql.postgres import Postgres
from pythonsecurityeval.testkit.judge.doubles.web import Web

ROUNDS = 150
PIECES = [
    b"'",
    b'"',
    b"(",
    b")",
    b";",
    b"--",
    b"/*",
    b"`",
    b" select ",
    b" union ",
    b"%",
    b"\\",
    b"\0",
    b"\xff",
    b"[",
    b"::",
]


def packet(number: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "little") + bytes([number]) + body


def message(body: bytes) -> bytes:
    return struct.pack("!I", len(body) + 4) + body


MYSQL_LOGIN = packet(
    1, struct.pack("<IIB", 0x2FF7FF & ~0x800, 1 << 24, 45) + bytes(23) + b"u\0\0d\0caching_sha2_password\0"
)
POSTGRES_LOGIN = message(struct.pack("!I", 196608) + b"user\0u\0database\0d\0\0") + b"p" + message(b"p\0")
QUERIES = [
    b"select a.id, (select count(*) from t) from t a join t b on a.id = b.id group by 1 order by 2 limit 1",
    b"insert into t values (1, 'a') on duplicate key update n = values(n)",
    b"insert into t(n) values ('a') on conflict do nothing returning *",
    b"create table x(a decimal(10, 2) default 1, b enum('a'), primary key (a))",
    b"select now() - interval '1 day', cast('a' as date), @@x, extract(year from now())",
    b"with c as (select 1) select * from c union all select 2",
    b"select * from t where id = any(array[1, 2]) for update",
    b"savepoint a",
    b"rollback to savepoint a",
    b"show tables",
    b"describe t",
    b"drop table if exists q, r",
]
HTTP = [
    b"POST /x?y=1 HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n"
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nd\r\n--b--\r\n',
    b"GET http://[::1/ HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
]
SMTP = [
    b"EHLO a\r\nAUTH PLAIN AGEAYg==\r\nAUTH LOGIN YQ==\r\nYg==\r\nMAIL FROM:<a@b> SIZE=5\r\nRCPT TO:<b@c>\r\nDATA\r\n"
    b'Subject: =?utf-8?b?x?=\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\n.\r\nQUIT\r\n'
]
SHELL = [b"a 'b' \"$(c `d`)\" | e && f > g 2>&1; { h; } & (i)", b"A=1 b ${C:-d} \\$e <f >>g || ! h # i"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(3):
            case 0:
                changed[at:at] = chance.choice(PIECES)
            case 1:
                del changed[at : at + chance.randint(1, 8)]
            case _:
                changed[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(changed)


def say(net: Net, port: int, data: bytes) -> None:
    handler = net.find("host.example", port)
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=handler, args=(theirs, Peer("host.example", port)))
    thread.start()
    ours.settimeout(5)
    with ours:
        try:
            ours.sendall(data)
            ours.shutdown(socket.SHUT_WR)
            while ours.recv(65536):
                pass
        except OSError:
            pass
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize("seed", [1, 2])
def test_http(net, seed):
    web = Web(net, [])
    web.route("http://host.example/*", lambda r: str([r.form, r.files, r.query, r.text]))
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        say(net, 80, mutated(chance.choice(HTTP), chance))
    assert web.faults == []


def test_smtp(net):
    Mail(net).server("host.example")
    chance = random.Random(1)
    for _ in range(ROUNDS):
        say(net, 25, mutated(SMTP[0], chance))


def test_mysql(net):
    server = MySql(net)
    server.script("CREATE TABLE t(id INT PRIMARY KEY, n VARCHAR(20))")
    chance = random.Random(1)
    for _ in range(ROUNDS // 3):
        queries = (packet(0, b"\x03" + mutated(chance.choice(QUERIES), chance)) for _ in range(6))
        say(net, 3306, MYSQL_LOGIN + b"".join(queries))
    prepared = packet(0, b"\x16select ?, ? from t where id = ?") + packet(
        0, b"\x17\x01\0\0\0\0\x01\0\0\0\0\x01\xfd\0\x0c\0\x08\0\x01a\x07\xe4\x07\x01\x02\x03\x04\x05\x01\0\0\0\0\0\0\0"
    )
    for _ in range(ROUNDS):
        say(net, 3306, MYSQL_LOGIN + mutated(prepared, chance))


def test_postgres(net):
    server = Postgres(net)
    server.script("CREATE TABLE t(id INT PRIMARY KEY, n VARCHAR(20))")
    chance = random.Random(1)
    for _ in range(ROUNDS // 3):
        queries = (b"Q" + message(mutated(chance.choice(QUERIES), chance) + b"\0") for _ in range(6))
        say(net, 5432, POSTGRES_LOGIN + b"".join(queries))


def test_shell():
    class Folder:
        root = "/scratch"

        def read(self, name):
            return b"x"

        def write(self, name, data):
            return name

    chance = random.Random(1)
    for _ in range(ROUNDS * 10):
        shell = Shell(Folder(), [])
        text = mutated(chance.choice(SHELL), chance).decode("latin-1")
        code, _, _ = shell.run(text, True)
        assert 0 <= code < 256
        assert shell.faults == []
