"""pyodbc and pymssql of the kit against the double of SQL Server."""

import datetime
import decimal
import json
import random
import struct

import pytest
from test_double_fuzz import mutated, say

from pythonsecurityeval.testkit.inside import pymssql, pyodbc
from pythonsecurityeval.testkit.judge.doubles.sql.mssql import MsSql

STRING = "DRIVER={ODBC Driver 18 for SQL Server};SERVER=tcp:db.local,1433;DATABASE=shop;UID=sa;PWD={p;}}w}"


@pytest.fixture
def server(net, wire):
    server = MsSql(net)
    server.script(
        "CREATE TABLE users(id INT IDENTITY(1,1) PRIMARY KEY, name NVARCHAR(30) NOT NULL UNIQUE, ok BIT DEFAULT 1,"
        " paid DECIMAL(8,2), made DATETIME2, photo VARBINARY(MAX)); INSERT INTO users(name) VALUES(N'root')"
    )
    yield server
    server.close()


@pytest.fixture
def odbc(server):
    with pyodbc.connect(STRING) as connection:
        yield connection
    connection.close()


def test_parameters_go_beside_the_text(server, odbc):
    name, moment = "O'Brien; -- é", datetime.datetime.fromisoformat("2020-01-02T03:04:05")
    cursor = odbc.cursor()
    cursor.execute(
        "INSERT INTO users(name, paid, made, photo) OUTPUT INSERTED.id VALUES (?, ?, ?, ?)",
        (name, decimal.Decimal("1.50"), moment, b"\0\xff"),
    )
    assert cursor.fetchval() == 2
    row = odbc.execute("SELECT name, ok, paid, made, photo FROM dbo.users WHERE id = ?", 2).fetchone()
    assert tuple(row) == (name, True, decimal.Decimal("1.50"), moment, b"\0\xff")
    assert (row.name, row[1], [c[0] for c in row.cursor_description][:2]) == (name, True, ["name", "ok"])
    assert server.log[-1] == "SELECT name, ok, paid, made, photo FROM dbo.users WHERE id = ?"


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT TOP 1 [name] FROM [dbo].[users]", [("root",)]),
        ("SELECT 'a' + name + 'b' FROM users WHERE name = 'ROOT'", [("arootb",)]),
        ("SELECT ISNULL(paid, 0), LEN(name), DB_NAME() FROM users", [(0, 4, "shop")]),
        ("SELECT id FROM users ORDER BY id OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY", [(1,)]),
        ("SELECT name FROM sys.tables", [("users",)]),
        ("SELECT table_schema, table_name FROM INFORMATION_SCHEMA.TABLES", [("dbo", "users")]),
        ("EXEC sp_executesql N'SELECT 1'", [(1,)]),
    ],
)
def test_transact_sql(odbc, query, rows):
    assert [tuple(row) for row in odbc.execute(query).fetchall()] == rows


def test_the_last_number_is_known(odbc):
    odbc.execute("INSERT INTO users(name) VALUES ('eve')")
    assert odbc.execute("SELECT @@IDENTITY, SCOPE_IDENTITY()").fetchone() == (2, 2)


def test_stacked_statements_run_and_programs_do_not(server, odbc):
    name = "x'; DROP TABLE users; --"
    odbc.execute(f"SELECT * FROM users WHERE name = '{name}'")
    odbc.commit()
    assert server.tables() == []
    for call in ("EXEC xp_cmdshell 'dir'", "execute master..xp_cmdshell N'id; ''x'''"):
        with pytest.raises(pyodbc.ProgrammingError, match="xp_cmdshell"):
            odbc.execute(call)
    assert server.programs == ["dir", "id; 'x'"]
    odbc.execute("WAITFOR DELAY '0:0:5'")
    assert server.slept == [5.0]


def test_what_is_not_committed_is_lost(server):
    connection = pyodbc.connect(STRING)
    connection.execute("INSERT INTO users(name) VALUES ('eve')")
    connection.close()
    assert server.query("SELECT COUNT(*) FROM users") == [(1,)]
    connection = pyodbc.connect(STRING, autocommit=True)
    connection.execute("INSERT INTO users(name) VALUES ('eve')")
    connection.close()
    assert server.query("SELECT COUNT(*) FROM users") == [(2,)]


@pytest.mark.parametrize(
    ("sql", "kind", "state"),
    [
        ("SELECT * FROM nope", pyodbc.ProgrammingError, "42S02"),
        ("SELECT nope FROM users", pyodbc.ProgrammingError, "42S22"),
        ("SELEKT", pyodbc.ProgrammingError, "42000"),
        ("INSERT INTO users(name) VALUES ('root')", pyodbc.IntegrityError, "23000"),
        ("INSERT INTO users(name) VALUES (NULL)", pyodbc.IntegrityError, "23000"),
        ("INSERT INTO users(name) VALUES (REPLICATE('x', 31))", pyodbc.DataError, "22001"),
    ],
)
def test_errors_have_their_class_and_state(odbc, sql, kind, state):
    with pytest.raises(kind) as caught:
        odbc.execute(sql)
    assert caught.value.args[0] == state


def test_a_wrong_number_of_parameters_is_refused(odbc):
    with pytest.raises(pyodbc.ProgrammingError, match="1 parameter markers, but 2"):
        odbc.execute("SELECT ?, '?', [?] -- ?", 1, 2)


def test_logins_and_connection_strings_are_seen(server):
    server.users = {"sa": "p;}w"}
    pyodbc.connect(STRING).close()
    with pytest.raises(pyodbc.InterfaceError, match="Login failed for user 'eve'"):
        pyodbc.connect(driver="{ODBC Driver 18 for SQL Server}", server="db.local", uid="eve", pwd="no")
    with pytest.raises(pyodbc.InterfaceError, match="no default driver"):
        pyodbc.connect("SERVER=db.local;UID=sa;PWD=x")
    assert server.logins == [("sa", "p;}w"), ("eve", "no")]
    assert server.strings[0] == STRING
    with pytest.raises(pyodbc.OperationalError):
        pyodbc.connect(STRING.replace("1433", "1"))


def test_users_made_by_statements(server, odbc):
    odbc.execute("CREATE LOGIN eve WITH PASSWORD = 'pw'; CREATE USER bob FOR LOGIN eve")
    assert server.accounts == {"eve": "pw", "bob": None}


def test_pymssql_quotes_what_it_is_given(server):
    server.users = {"sa": "pw"}
    with pymssql.connect("db.local", "sa", "pw", "shop") as connection:
        cursor = connection.cursor(as_dict=True)
        name = "O'Br%s"
        cursor.execute("INSERT INTO users(name, paid) VALUES (%s, %d)", (name, 2))
        cursor.execute("SELECT name, paid FROM users WHERE name = %(n)s", {"n": name})
        assert cursor.fetchall() == [{"name": name, "paid": decimal.Decimal("2.00")}]
        cursor.execute("SELECT * FROM users WHERE name = '%s'" % "x' OR '1'='1")  # noqa: UP031  as people do
        assert len(cursor.fetchall()) == 2
        with pytest.raises(pymssql.ProgrammingError) as caught:
            cursor.execute("SELECT nope FROM users")
        assert caught.value.args == (207, b"Invalid column name 'nope'.")
        connection.commit()
    with pytest.raises(pymssql.OperationalError):
        pymssql.connect("db.local", "sa", "no")


def test_mutated_conversations_never_hang_or_raise(net):
    server = MsSql(net)
    server.script("CREATE TABLE t(id INT, n NVARCHAR(9))")
    chance = random.Random(1)

    def tagged(**fields):
        body = json.dumps({"t": "D", "v": [list(fields), list(fields.values())]}).encode()
        return struct.pack("!I", len(body)) + body

    login = tagged(user="a", password="b", database="c", string="")
    query = tagged(sql="SELECT TOP 2 n FROM t WHERE id = ?; EXEC xp_cmdshell 'x'", parameters=[1], transaction=True)
    for _ in range(300):
        say(net, 1433, mutated(login, chance) + query)
        say(net, 1433, login + mutated(query, chance) + query)


def test_keywords_are_joined_as_they_are_and_the_first_of_a_key_counts(server):
    server.users = {"eve": "pw"}
    where = {"driver": "{ODBC Driver 18 for SQL Server}", "server": "db.local"}
    pyodbc.connect(**where, uid="eve;PWD=pw", pwd="guess").close()
    assert server.logins[-1] == ("eve", "pw")
