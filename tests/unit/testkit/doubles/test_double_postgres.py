"""psycopg2 and SQLAlchemy against the double: the driver's own classes, quoting and exceptions, real effects."""

import datetime
import decimal
import uuid

import psycopg2
import psycopg2.errors
import psycopg2.extensions
import psycopg2.extras
import psycopg2.pool
import pytest
import sqlalchemy
from psycopg2 import sql

from pythonsecurityeval.testkit.inside import psycopg
from pythonsecurityeval.testkit.judge.doubles.sql.postgres import Postgres

LOGIN = {"host": "db.local", "user": "app", "password": "pw", "dbname": "shop"}

psycopg.install()


@pytest.fixture
def server(net, wire):
    server = Postgres(net)
    server.script(
        "CREATE TABLE users(id SERIAL PRIMARY KEY, name VARCHAR(50) NOT NULL, email TEXT UNIQUE, paid NUMERIC(10,2),"
        " made TIMESTAMP DEFAULT now(), photo BYTEA, active BOOLEAN DEFAULT TRUE, extra JSONB, key UUID);"
        "INSERT INTO users(name, email, paid, made) VALUES('root', 'r@x', 1.5, '2020-01-02 03:04:05')"
    )
    yield server
    server.close()


@pytest.fixture
def db(server):
    connection = psycopg2.connect(**LOGIN)
    yield connection
    connection.close()


def rows(server, query="SELECT name FROM users ORDER BY id"):
    return [row[0] for row in server.query(query)]


def test_values_come_back_as_they_were_sent(server, db):
    name = "O'Brien\\', (SELECT 1)) -- \n\u00e9\U0001f600%"
    raw = bytes(range(256))
    extra = {"a": [1, 'it\'s \\ "x"']}
    made = datetime.datetime(2021, 2, 3, 4, 5, 6)  # noqa: DTZ001  a column without zone
    with db.cursor() as cursor:
        cursor.execute(
            "INSERT INTO users(name, paid, made, photo, active, extra) VALUES(%s, %s, %s, %s, %s, %s) RETURNING id",
            (name, decimal.Decimal("2.50"), made, psycopg2.Binary(raw), False, psycopg2.extras.Json(extra)),
        )
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT name, paid, made, photo, active, extra, email FROM users WHERE id = %(id)s", {"id": 2})
        row = cursor.fetchone()
    assert (*row[:3], bytes(row[3]), *row[4:]) == (name, decimal.Decimal("2.50"), made, raw, False, extra, None)


def test_classes_are_the_real_ones(db):
    assert isinstance(db, psycopg2.extensions.connection)
    assert isinstance(db.cursor(), psycopg2.extensions.cursor)
    assert isinstance(db.cursor(cursor_factory=psycopg2.extras.RealDictCursor), psycopg2.extras.RealDictCursor)


def test_uncommitted_work_is_lost(server, wire):
    db = psycopg2.connect(**LOGIN)
    db.cursor().execute("INSERT INTO users(name) VALUES('ghost')")
    assert rows(server) == ["root"]
    del db
    wire.join()
    assert rows(server) == ["root"]


def test_connection_as_a_context_is_a_transaction(server, db):
    with db, db.cursor() as cursor:
        cursor.execute("INSERT INTO users(name) VALUES('kept')")
    with pytest.raises(ZeroDivisionError), db:
        db.cursor().execute("INSERT INTO users(name) VALUES(%s)", (("dropped", 1 / 0),))
    with pytest.raises(psycopg2.ProgrammingError), db, db.cursor() as cursor:
        cursor.executemany("INSERT INTO users(name) VALUES(%s)", [("dropped",), (object(),)])
    assert rows(server) == ["root", "kept"]
    assert not db.closed


def test_error_aborts_the_transaction(server, db):
    cursor = db.cursor()
    with pytest.raises(psycopg2.errors.UndefinedTable):
        cursor.execute("SELECT * FROM nosuch")
    with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
        cursor.execute("SELECT 1")
    db.rollback()
    cursor.execute("SELECT 1")
    assert cursor.fetchone() == (1,)


def test_autocommit(server, db):
    db.autocommit = True
    db.cursor().execute("UPDATE users SET name = 'x'")
    assert rows(server) == ["x"]
    with pytest.raises(psycopg2.Error):
        db.cursor().execute("SELECT * FROM nosuch")
    db.cursor().execute("UPDATE users SET name = 'y'")
    assert rows(server) == ["y"]


def test_stacked_injection_drops_the_table(server, db):
    cursor = db.cursor()
    cursor.execute("SELECT * FROM users WHERE name = 'x'; DROP TABLE users; COMMIT; --'")
    assert server.tables() == []


def test_stacked_statements_can_be_refused(server, db):
    server.stacked = False
    with pytest.raises(psycopg2.errors.SyntaxError):
        db.cursor().execute("SELECT 1; DROP TABLE users")


def test_union_injection(server, db):
    server.script("CREATE TABLE secret(pin INT); INSERT INTO secret VALUES (731946)")
    cursor = db.cursor()
    cursor.execute("SELECT name FROM users WHERE name = '' UNION SELECT pin FROM secret --'")
    assert [str(row[0]) for row in cursor] == ["731946"]
    cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    assert sorted(cursor.fetchall()) == [("secret",), ("users",)]


def test_composed_queries(server, db):
    cursor = db.cursor()
    query = sql.SQL("SELECT {} FROM {} WHERE {} = {} AND {} = %s").format(
        sql.SQL(", ").join(map(sql.Identifier, ["id", "name"])),
        sql.Identifier("public", "users"),
        sql.Identifier("name"),
        sql.Literal("root"),
        sql.Identifier("id"),
    )
    cursor.execute(query, (1,))
    assert cursor.fetchall() == [(1, "root")]
    assert sql.Identifier('a"b').as_string(db) == '"a""b"'
    with pytest.raises(psycopg2.errors.UndefinedTable):
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier('users"; DROP TABLE users; --')))
    assert server.tables() == ["users"]


def test_rows_by_name(db):
    query = 'SELECT id, Name, COUNT(*), 1 = 1, paid AS "Paid" FROM users GROUP BY id'
    cursor = db.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
    cursor.execute(query)
    expected = {"id": 1, "name": "root", "count": 1, "?column?": True, "Paid": decimal.Decimal("1.50")}
    assert cursor.fetchone() == expected
    cursor = db.cursor(cursor_factory=psycopg2.extras.DictCursor)
    cursor.execute(query)
    row = cursor.fetchall()[0]
    assert (row["name"], row[1], len(row), dict(row)) == ("root", "root", 5, expected)
    cursor = db.cursor(cursor_factory=psycopg2.extras.NamedTupleCursor)
    cursor.execute("SELECT id, name FROM users")
    assert cursor.fetchone().name == "root"


def test_factory_of_the_connection(server):
    with psycopg2.connect(**LOGIN, cursor_factory=psycopg2.extras.RealDictCursor) as db, db.cursor() as cursor:
        cursor.execute("SELECT id FROM users")
        assert cursor.fetchall() == [{"id": 1}]
    db.close()
    db = psycopg2.connect(connection_factory=psycopg2.extras.RealDictConnection, **LOGIN)
    cursor = db.cursor()
    cursor.execute("SELECT id FROM users")
    assert cursor.fetchall() == [{"id": 1}]
    db.close()


def test_execute_values_and_batch(server, db):
    cursor = db.cursor()
    pairs = [(f"n'{i}", f"{i}@x") for i in range(150)]
    psycopg2.extras.execute_values(cursor, "INSERT INTO users(name, email) VALUES %s", pairs)
    ids = psycopg2.extras.execute_values(
        cursor, "INSERT INTO users(name) VALUES %s RETURNING id", [("a",), ("b",)], fetch=True
    )
    assert ids == [(152,), (153,)]
    psycopg2.extras.execute_batch(cursor, "UPDATE users SET paid = %s WHERE id = %s", [(1, 2), (2, 3)])
    db.commit()
    assert len(rows(server)) == 153


@pytest.mark.parametrize(
    ("query", "error", "code"),
    [
        ("SELEC 1", "SyntaxError", "42601"),
        ("SELECT nosuch FROM users", "UndefinedColumn", "42703"),
        ('SELECT "root" FROM users', "UndefinedColumn", "42703"),
        ("INSERT INTO users(name, email) VALUES('a', 'r@x')", "UniqueViolation", "23505"),
        ("INSERT INTO users(name) VALUES(NULL)", "NotNullViolation", "23502"),
        ("INSERT INTO users(name) VALUES(repeat('a', 60))", "StringDataRightTruncation", "22001"),
        ("COPY users TO PROGRAM 'sh'", "SyntaxError", "42601"),
    ],
)
def test_errors_are_the_drivers_own(db, query, error, code):
    with pytest.raises(getattr(psycopg2.errors, error)) as caught:
        db.cursor().execute(query)
    assert caught.value.pgcode == code
    assert isinstance(caught.value, psycopg2.Error)


def test_wrong_password_unknown_host_closed_port(server, net):
    server.users = {"app": "right"}
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(**LOGIN)
    psycopg2.connect("postgresql://app:right@db.local:5432/shop").close()
    psycopg2.connect("host=db.local user=app password=right dbname=shop").close()
    assert server.logins == [("app", "pw"), ("app", "right"), ("app", "right")]
    with pytest.raises(psycopg2.OperationalError, match="could not translate"):
        psycopg2.connect(**LOGIN, port=5433)
    net.host("db.local")
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(**LOGIN, port=5433)


def test_tls(server, ca_file, wire):
    server.tls = True
    psycopg2.connect(**LOGIN, sslmode="verify-full", sslrootcert=ca_file).close()
    server.certificate = "wrong_host"
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(**LOGIN, sslmode="verify-full", sslrootcert=ca_file)
    server.tls = False
    with pytest.raises(psycopg2.OperationalError, match="does not support SSL"):
        psycopg2.connect(**LOGIN, sslmode="require")


@pytest.mark.parametrize(
    ("query", "values", "found"),
    [
        ("SELECT name FROM users WHERE name ILIKE %s", ("R%",), [("root",)]),
        ("SELECT name FROM users WHERE name LIKE %s", ("R%",), []),
        ("SELECT name FROM users WHERE id = ANY(%s)", ([1, 2],), [("root",)]),
        ("SELECT name FROM users WHERE id IN %s", ((1, 2),), [("root",)]),
        ("SELECT COUNT(*) FROM users WHERE made > now() - interval '1 day'", None, [(0,)]),
        ("SELECT id::text, '5'::int + 1, NULL::text, 'a' || 'b' FROM users", None, [("1", 6, None, "ab")]),
        ("SELECT active, NOT active FROM users WHERE active", None, [(True, False)]),
        (
            "INSERT INTO users(id, name) VALUES(1, 'z') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name RETURNING name",
            None,
            [("z",)],
        ),
        ("SELECT current_user, current_database(), current_schema()", None, [("app", "shop", "public")]),
        (
            "SELECT coalesce(NULL, %s), lower('A'), length('abc'), substring('abc' from 2 for 1)",
            ("x",),
            [("x", "a", 3, "b")],
        ),
        ("WITH u AS (SELECT name FROM users) SELECT count(*) FROM u", None, [(1,)]),
        (
            "SELECT u.name FROM public.users AS u JOIN users v ON u.id = v.id ORDER BY 1 LIMIT 1 OFFSET 0",
            None,
            [("root",)],
        ),
        ("SELECT '100%'", None, [("100%",)]),
        ("SELECT %s LIKE '10%%'", ("100",), [(True,)]),
    ],
)
def test_dialect(db, query, values, found):
    cursor = db.cursor()
    cursor.execute(query, values)
    assert found is None or cursor.fetchall() == found


def test_definitions_can_be_rolled_back(server, db):
    db.cursor().execute("CREATE TABLE other(a INT)")
    db.rollback()
    assert server.tables() == ["users"]


def test_savepoints(server, db):
    cursor = db.cursor()
    cursor.execute("SAVEPOINT s")
    with pytest.raises(psycopg2.Error):
        cursor.execute("SELECT nosuch")
    cursor.execute("ROLLBACK TO SAVEPOINT s")
    cursor.execute("INSERT INTO users(name) VALUES('a')")
    db.commit()
    assert rows(server) == ["root", "a"]


def test_sleeping_is_noted_and_nobody_waits(server, db):
    db.cursor().execute("SELECT pg_sleep(30)")
    assert server.slept == [30.0]


def test_lock_wait_ends(server, db):
    db.cursor().execute("SELECT * FROM users FOR UPDATE")
    other = psycopg2.connect(**LOGIN)
    with pytest.raises(psycopg2.errors.LockNotAvailable):
        other.cursor().execute("UPDATE users SET name = 'x'")
    other.close()


def test_pool(server):
    pool = psycopg2.pool.ThreadedConnectionPool(1, 2, **LOGIN)
    db = pool.getconn()
    db.cursor().execute("SELECT 1")
    pool.putconn(db)
    assert pool.getconn() is db
    pool.closeall()


def test_misuse_is_told_as_the_driver_tells_it(db):
    cursor = db.cursor()
    with pytest.raises(psycopg2.ProgrammingError, match="no results"):
        cursor.fetchone()
    with pytest.raises(psycopg2.ProgrammingError, match="can't adapt"):
        cursor.execute("SELECT %s", (object(),))
    with pytest.raises(ValueError, match="NUL"):
        cursor.execute("SELECT %s", ("a\0b",))
    with pytest.raises(TypeError):
        cursor.execute("SELECT %s, %s", (1,))
    cursor.close()
    with pytest.raises(psycopg2.InterfaceError):
        cursor.execute("SELECT 1")
    db.close()
    with pytest.raises(psycopg2.InterfaceError):
        db.cursor()


def test_uuid_as_registered(server, db):
    psycopg2.extras.register_uuid(None, db)
    key = uuid.UUID(int=5)
    cursor = db.cursor()
    cursor.execute("UPDATE users SET key = %s RETURNING key", (key,))
    assert cursor.fetchone() == (key,)


def test_sqlalchemy(server):
    engine = sqlalchemy.create_engine("postgresql+psycopg2://app:pw@db.local/shop")
    table = sqlalchemy.Table(
        "items",
        sqlalchemy.MetaData(),
        sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
        sqlalchemy.Column("name", sqlalchemy.String(20)),
    )
    table.metadata.create_all(engine)
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        assert connection.execute(table.insert().values(name="O'x")).inserted_primary_key == (1,)
        connection.execute(table.insert(), [{"name": "b"}, {"name": "c"}])
        names = connection.execute(sqlalchemy.select(table.c.name).where(table.c.name == "O'x"))
        assert names.scalars().all() == ["O'x"]
    engine.dispose()
    assert rows(server, "SELECT name FROM items ORDER BY id") == ["O'x", "b", "c"]


@pytest.mark.parametrize(
    "nonsense", [b"", b"\0\0\0\0", b"\xff" * 8, b"\0\0\0\x08\0\0\0\0", b"GET / HTTP/1.1\r\n\r\n"], ids=range(5)
)
def test_nonsense_ends_the_connection_quietly(server, wire, nonsense):
    with wire.open("db.local", 5432) as sock:
        sock.sendall(nonsense)
    wire.join()


def test_sums_and_times_have_their_types(server, db):
    server.script("INSERT INTO users(name, paid) VALUES('a', 1.1), ('b', 2.2)")
    cursor = db.cursor()
    cursor.execute("SELECT SUM(paid), MAX(made), SUM(id), now(), CURRENT_DATE, COUNT(*) > 1 FROM users WHERE id > 1")
    total, made, ids, now, today, several = cursor.fetchone()
    assert (total, ids, several) == (decimal.Decimal("3.30"), 5, True)
    assert made.tzinfo is None
    assert now.tzinfo is not None
    assert isinstance(today, datetime.date)


@pytest.mark.parametrize(
    "query",
    [
        "ALTER TABLE users ADD COLUMN a INT DEFAULT 0",
        "CREATE UNIQUE INDEX ON users (lower(name))",
        "CREATE INDEX IF NOT EXISTS i ON users USING btree (name DESC)",
        "CREATE TABLE IF NOT EXISTS t (id BIGSERIAL PRIMARY KEY, made TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,"
        " sum DOUBLE PRECISION, n NUMERIC(8,2) CHECK (n >= 0), user_id INTEGER REFERENCES users(id), UNIQUE (user_id, n))",
        "DROP TABLE IF EXISTS t, u CASCADE",
        "CREATE EXTENSION IF NOT EXISTS pgcrypto",
        "SET search_path TO public",
        "TRUNCATE TABLE other",
    ],
    ids=range(8),
)
def test_definitions(server, db, query):
    server.script("CREATE TABLE other(a INT)")
    cursor = db.cursor()
    cursor.execute(query)
    cursor.execute("SELECT COUNT(*) FROM users")
    assert cursor.fetchone() == (1,)


def test_pg_tables_lists_tables_and_starts_with_asks_for_a_prefix(server, db):
    server.script("CREATE VIEW names AS SELECT name FROM users")
    cursor = db.cursor()
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND starts_with(tablename, %s)", ("u",))
    assert cursor.fetchall() == [("users",)]
    cursor.execute("SELECT tablename FROM pg_catalog.pg_tables")
    assert cursor.fetchall() == [("users",)]
