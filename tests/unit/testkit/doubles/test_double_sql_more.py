"""Users made by statements, regular expressions, joins in changes, and libraries that reflect tables."""

import sys
import time

import pandas as pd
import psycopg2
import psycopg2.sql
import pymysql
import pytest
import sqlalchemy

from pythonsecurityeval.testkit.inside import stand_ins
from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError

TABLES = (
    "CREATE TABLE u(id INT PRIMARY KEY, k VARCHAR(9)); CREATE TABLE t(id INT PRIMARY KEY, n VARCHAR(20), o INT);"
    "INSERT INTO u VALUES(1, 'x'), (2, 'y'); INSERT INTO t VALUES(10, 'Ab', 1), (20, 'b', 2), (30, 'c', NULL)"
)


@pytest.mark.parametrize(
    ("statement", "accounts"),
    [
        ("CREATE USER 'eve'@'%' IDENTIFIED BY 'p''w'", {"eve": "p'w"}),
        ("CREATE USER IF NOT EXISTS eve IDENTIFIED WITH mysql_native_password BY 'pw'", {"eve": "pw"}),
        ("CREATE USER eve IDENTIFIED BY 'a'; ALTER USER eve IDENTIFIED BY 'b'", {"eve": "b"}),
        ("CREATE USER eve; DROP USER IF EXISTS eve, bob", {}),
    ],
)
def test_users_made_in_mysql_can_log_in(mysql, statement, accounts):
    with pymysql.connect(host="db", user="root", client_flag=pymysql.constants.CLIENT.MULTI_STATEMENTS) as db:
        cursor = db.cursor()
        cursor.execute(statement)
        while cursor.nextset():
            pass
    assert mysql.accounts == accounts
    mysql.users = {}
    for name, password in accounts.items():
        pymysql.connect(host="db", user=name, password=password).close()
        with pytest.raises(pymysql.err.OperationalError, match="Access denied"):
            pymysql.connect(host="db", user=name, password="other")


def test_rights_are_noted(mysql):
    with pymysql.connect(host="db", user="root") as db:
        db.cursor().execute("CREATE USER 'eve'@'%'")
        db.cursor().execute("GRANT ALL PRIVILEGES ON *.* TO 'eve'@'%'")
        with pytest.raises(pymysql.err.OperationalError):
            db.cursor().execute("CREATE USER 'eve'@'%'")
    assert mysql.grants == ["GRANT ALL PRIVILEGES ON *.* TO 'eve'@'%'"]


@pytest.mark.parametrize(
    ("statement", "accounts"),
    [
        ("CREATE USER \"Eve\" WITH PASSWORD 'p''w'", {"Eve": "p'w"}),
        ("CREATE ROLE eve LOGIN PASSWORD 'a'; ALTER ROLE eve WITH PASSWORD 'b'", {"eve": "b"}),
        ("CREATE USER eve; DROP USER eve", {}),
        ("CREATE USER a PASSWORD 'x'; CREATE USER b SUPERUSER PASSWORD 'y'", {"a": "x", "b": "y"}),
        (r"CREATE ROLE a PASSWORD E'x\\y''z'; CREATE ROLE b PASSWORD $$x'y$$", {"a": "x\\y'z", "b": "x'y"}),
    ],
)
def test_users_made_in_postgres(postgres, statement, accounts):
    db = psycopg2.connect(host="db", user="root")
    db.cursor().execute(statement)
    db.commit()
    assert postgres.accounts == accounts


def test_vacuum_runs_outside_of_transactions_alone(postgres):
    db = psycopg2.connect(host="db")
    with pytest.raises(psycopg2.errors.ActiveSqlTransaction):
        db.cursor().execute("VACUUM ANALYZE t")
    db.rollback()
    db.autocommit = True
    for good in ("VACUUM FULL", 'VACUUM (FULL, ANALYZE) "t"', "VACUUM ANALYZE public.t (id, n), u"):
        db.cursor().execute(good)
        assert postgres.log[-1] == good
    for name in ("nowhere", '"T x"', "t, nowhere", 'public."t, u"'):
        with pytest.raises(psycopg2.errors.UndefinedTable):
            db.cursor().execute(f"VACUUM {name}")


def test_regular_expressions(mysql, postgres):
    assert mysql.query("SELECT id FROM t WHERE n REGEXP '^a' ORDER BY id") == [(10,)]
    assert mysql.query("SELECT id FROM t WHERE n NOT RLIKE 'b' ORDER BY id") == [(30,)]
    assert mysql.query("SELECT REGEXP_REPLACE('a1b22', '[0-9]+', '-')") == [("a-b-",)]
    assert postgres.query("SELECT id FROM t WHERE n ~ '^a'") == []
    assert postgres.query("SELECT id FROM t WHERE n ~* '^a' AND n !~ 'z'") == [(10,)]
    assert postgres.query("SELECT regexp_replace('a1b22', '[0-9]+', '-', 'g')") == [("a-b-",)]
    with pytest.raises(SqlError):
        mysql.query("SELECT 'a' REGEXP '('")


def test_regular_expressions_that_never_end_are_stopped(mysql):
    mysql.script("CREATE TABLE big(s TEXT)")
    mysql.script("INSERT INTO big VALUES(REPEAT('a', 100000))" + ", (REPEAT('a', 100000))" * 200)
    begin = time.monotonic()
    with pytest.raises(SqlError):
        mysql.query("SELECT COUNT(*) FROM big WHERE s REGEXP '^((a{1,9}){1,9})+$' OR s REGEXP '(a+)+(a+)+(a+)+b'")
    assert time.monotonic() - begin < 8


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        ("UPDATE t JOIN u ON t.o = u.id SET t.n = u.k WHERE u.id = 2", [(10, "Ab"), (20, "y"), (30, "c")]),
        (
            "UPDATE t AS a INNER JOIN u AS b ON a.o = b.id SET a.n = CONCAT(a.n, b.k)",
            [(10, "Abx"), (20, "by"), (30, "c")],
        ),
        ("DELETE t FROM t JOIN u ON t.o = u.id WHERE u.k = 'x'", [(20, "b"), (30, "c")]),
        ("DELETE a FROM t AS a LEFT JOIN u ON a.o = u.id WHERE u.id IS NULL", [(10, "Ab"), (20, "b")]),
    ],
)
def test_changes_over_joins_in_mysql(mysql, statement, rows):
    mysql.script(statement)
    assert mysql.query("SELECT id, n FROM t ORDER BY id") == rows


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        (
            "UPDATE t SET n = v.n FROM (VALUES (10, 'q'), (30, 'r')) AS v(id, n) WHERE t.id = v.id",
            [(10, "q"), (20, "b"), (30, "r")],
        ),
        ("UPDATE t SET n = u.k FROM u WHERE u.id = t.o", [(10, "x"), (20, "y"), (30, "c")]),
        ("DELETE FROM t USING u WHERE u.id = t.o AND u.k = 'y'", [(10, "Ab"), (30, "c")]),
    ],
)
def test_changes_over_several_tables_in_postgres(postgres, statement, rows):
    postgres.script(statement)
    assert postgres.query("SELECT id, n FROM t ORDER BY id") == rows


def test_mysqldb_is_there_and_sends_several_statements(mysql, monkeypatch):
    finders, modules = list(sys.meta_path), dict(sys.modules)
    monkeypatch.setattr(sys, "meta_path", finders)
    stand_ins.install()
    try:
        import MySQLdb
        import MySQLdb.cursors
        from MySQLdb import _exceptions
        from MySQLdb.constants import CLIENT

        assert (MySQLdb.Error, CLIENT.MULTI_STATEMENTS) == (_exceptions.Error, 1 << 16)
        mysql.users = {"app": "pw"}
        db = MySQLdb.connect("db", "app", "pw", "shop", cursorclass=MySQLdb.cursors.DictCursor)
        cursor = db.cursor()
        cursor.execute("SELECT n FROM t WHERE id = %s", (10,))
        assert cursor.fetchone() == {"n": "Ab"}
        cursor.execute("SELECT 1; DROP TABLE t")
        db.close()
        assert mysql.tables() == ["u"]
        with pytest.raises(MySQLdb.OperationalError):
            MySQLdb.connect(host="db", user="app", passwd="no", db="shop")
    finally:
        for name in set(sys.modules) - set(modules):
            if name.startswith("MySQLdb"):
                del sys.modules[name]


@pytest.mark.parametrize("driver", ["pymysql", "mysqlconnector"])
def test_sqlalchemy_reflects_tables_of_mysql(mysql, driver):
    engine = sqlalchemy.create_engine(f"mysql+{driver}://app@db/shop")
    metadata = sqlalchemy.MetaData()
    sqlalchemy.Table(
        "w", metadata,
        sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
        sqlalchemy.Column("name", sqlalchemy.String(30), nullable=False, unique=True),
        sqlalchemy.Column("u_id", sqlalchemy.ForeignKey("u.id")),
        sqlalchemy.Column("paid", sqlalchemy.Numeric(8, 2)),
    )  # fmt: skip
    sqlalchemy.Table("u", metadata, sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True))
    metadata.create_all(engine)
    seen = sqlalchemy.inspect(engine)
    assert seen.get_table_names() == ["t", "u", "w"]
    assert [c["name"] for c in seen.get_columns("w")] == ["id", "name", "u_id", "paid"]
    assert [c["nullable"] for c in seen.get_columns("w")] == [False, False, True, True]
    assert seen.get_pk_constraint("w")["constrained_columns"] == ["id"]
    assert seen.get_foreign_keys("w")[0]["referred_table"] == "u"
    assert seen.get_unique_constraints("w")[0]["column_names"] == ["name"]
    with pytest.raises(sqlalchemy.exc.NoSuchTableError):
        sqlalchemy.Table("none", sqlalchemy.MetaData(), autoload_with=engine)
    metadata.tables["w"].drop(engine)
    assert mysql.tables() == ["t", "u"]


@pytest.mark.parametrize("url", ["mysql+pymysql://app@db/shop", "postgresql+psycopg2://app@db/shop"])
def test_pandas_writes_and_reads_tables(mysql, postgres, url):
    engine = sqlalchemy.create_engine(url)
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, 2.5]})
    frame.to_sql("frames", engine, index=False)
    frame.to_sql("frames", engine, index=False, if_exists="append", method="multi")
    with pytest.raises(ValueError, match="already exists"):
        frame.to_sql("frames", engine, index=False)
    query = sqlalchemy.text("SELECT b FROM frames WHERE c < :c")
    assert pd.read_sql_query(query, engine, params={"c": 2})["b"].tolist() == ["x", "x"]
    assert sorted(sqlalchemy.inspect(engine).get_table_names()) == ["frames", "t", "u"]


def test_pandas_replaces_a_table_of_mysql(mysql):
    engine = sqlalchemy.create_engine("mysql+pymysql://app@db/shop")
    pd.DataFrame({"a": [1]}).to_sql("t", engine, index=False, if_exists="replace")
    assert mysql.query("SELECT * FROM t") == [(1,)]
    assert pd.read_sql_table("t", engine)["a"].tolist() == [1]


def ask_of(connection):
    def ask(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]

    return ask


def test_named_locks_of_mysql(mysql):
    connections = [pymysql.connect(host="db.example", user="app") for _ in range(2)]
    one, two = map(ask_of, connections)
    assert [one("SELECT GET_LOCK('Migrate', 10)"), one("SELECT GET_LOCK('migrate', 10)")] == [1, 1]
    assert [two("SELECT GET_LOCK('migrate', 10)"), two("SELECT RELEASE_LOCK('migrate')")] == [0, 0]
    assert two("SELECT IS_FREE_LOCK('migrate')") == 0
    assert [one("SELECT RELEASE_LOCK('migrate')") for _ in range(3)] == [1, 1, None]
    assert two("SELECT GET_LOCK('migrate', 0)") == 1
    connections[1].close()
    while not one("SELECT IS_FREE_LOCK('migrate')"):  # until the server has seen the end of the other
        time.sleep(0.01)
    assert one("SELECT GET_LOCK('migrate', 0)") == 1
    assert one("SELECT RELEASE_ALL_LOCKS()") == 1


def test_advisory_locks_of_postgres(postgres):
    connections = [psycopg2.connect("host=db.example user=app") for _ in range(2)]
    connections[1].autocommit = True
    one, two = map(ask_of, connections)
    assert one("SELECT pg_advisory_xact_lock(7)") == ""
    assert [bool(two("SELECT pg_try_advisory_lock(7)")), bool(two("SELECT pg_try_advisory_lock(7, 1)"))] == [
        False,
        True,
    ]
    with pytest.raises(psycopg2.OperationalError):
        two("SELECT pg_advisory_lock(7)")
    connections[0].rollback()
    assert two("SELECT pg_try_advisory_lock(7)")
    assert not one("SELECT pg_advisory_unlock(7)")
    assert two("SELECT pg_advisory_unlock(7)")
