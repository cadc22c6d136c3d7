"""Names, keys, ranges and times as the servers have them, where SQLite alone would be more lenient."""

import time

import psycopg2
import psycopg2.errors
import psycopg2.sql
import pymysql
import pytest

from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError

TABLES = (
    "CREATE TABLE u(id INT PRIMARY KEY); CREATE TABLE t(id INT PRIMARY KEY, n VARCHAR(20));"
    "INSERT INTO t VALUES(10, 'a'), (20, 'b'), (30, 'c')"
)


def test_postgres_cuts_long_names_at_bytes(postgres):
    long = "\u00fc" * 40
    postgres.script(f'CREATE TABLE "{long}" (a INT); INSERT INTO "{long}" VALUES (1)')
    assert postgres.tables() == ["t", "u", "\u00fc" * 31]
    assert postgres.query(f'SELECT a FROM "{long[:35]}"') == [(1,)]


def test_key_over_several_columns(mysql, postgres):
    for server in (mysql, postgres):
        server.script(
            "CREATE TABLE k (a VARCHAR(9), b INT, c INT, PRIMARY KEY (a, b)); INSERT INTO k VALUES ('x', 1, 1)"
        )
        server.script("INSERT INTO k VALUES ('x', 2, 1)")
        for values, kind in (("'x', 1, 2", "duplicate"), ("NULL, 1, 2", "not_null")):
            with pytest.raises(SqlError) as caught:
                server.script(f"INSERT INTO k VALUES ({values})")
            assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("kind", "least", "greatest"),
    [("SMALLINT", -32768, 32767), ("INTEGER", -(2**31), 2**31 - 1), ("BIGINT", -(2**63), 2**63 - 1)],
)
def test_whole_numbers_have_their_range(mysql, postgres, kind, least, greatest):
    for server, error in ((mysql, "1264"), (postgres, "22003")):
        server.script(f"CREATE TABLE n (a {kind}); INSERT INTO n VALUES ({least}), ({greatest}), (NULL)")
        if kind == "BIGINT":
            continue
        for value in (least - 1, greatest + 1):
            with pytest.raises(SqlError) as caught:
                server.script(f"INSERT INTO n VALUES ({value})")
            assert caught.value.kind == "out_of_range", error
        with pytest.raises(SqlError) as caught:
            server.script("INSERT INTO n VALUES ('abc')")
        assert caught.value.kind == "bad_value"
    with psycopg2.connect(host="db") as db, pymysql.connect(host="db", user="root") as other:
        if kind != "BIGINT":
            with pytest.raises(psycopg2.errors.NumericValueOutOfRange):
                db.cursor().execute("INSERT INTO n VALUES (%s)", (greatest + 1,))
            with pytest.raises(pymysql.err.DataError, match="1264"):
                other.cursor().execute("INSERT INTO n VALUES (%s)", (greatest + 1,))


def test_unsigned_numbers_of_mysql(mysql):
    mysql.script("CREATE TABLE n (a TINYINT UNSIGNED, b INT UNSIGNED); INSERT INTO n VALUES (255, 4294967295)")
    for values in ("256, 0", "0, -1", "0, 4294967296"):
        with pytest.raises(SqlError):
            mysql.script(f"INSERT INTO n VALUES ({values})")


def test_a_column_is_inserted_once(mysql, postgres):
    with psycopg2.connect(host="db") as db, pytest.raises(psycopg2.errors.DuplicateColumn):
        db.cursor().execute("INSERT INTO t (id, n, ID) VALUES (1, 'x', 2)")
    with pymysql.connect(host="db", user="root") as db, pytest.raises(pymysql.err.ProgrammingError, match="1110"):
        db.cursor().execute("INSERT INTO t (id, `ID`) VALUES (1, 2)")
    assert len(mysql.query("SELECT id FROM t")) == len(postgres.query("SELECT id FROM t")) == 3


def test_several_tables_are_dropped_whatever_their_names(mysql, postgres):
    for server, quote in ((mysql, "`"), (postgres, '"')):
        odd = [f"{quote}a, b{quote}", f"{quote}c d{quote}", "e"]
        for name in odd:
            server.script(f"CREATE TABLE {name} (x INT)")
        with pytest.raises(SqlError, match="no such table"):
            server.script(f"DROP TABLE {quote}t, u{quote}")
        server.script(f"DROP TABLE IF EXISTS {', '.join(odd)}, {quote}nowhere{quote} CASCADE")
        assert server.tables() == ["t", "u"]


def test_names_that_are_taken_already(mysql, postgres):
    for server, quote in ((mysql, "`"), (postgres, '"')):
        for text in ("a b", "c"):
            server.script(f"CREATE TABLE {quote}{text}{quote} (x INT)")
            with pytest.raises(SqlError) as caught:
                server.script(f"CREATE TABLE {quote}{text}{quote} (x INT)")
            assert caught.value.kind == "table_exists"


@pytest.mark.parametrize(
    "condition",
    [
        "date_trunc('month', at) = '2024-05-01'",
        "date_trunc('month', at) = TIMESTAMP '2024-05-01 00:00:00'",
        "DATE '2024-05-01' = date_trunc('month', at)",
        "date_trunc('day', at) < '2024-06-01' AND date_trunc('year', at) >= '2024-01-01' AND at > '2024-05-01'",
        "at::date BETWEEN '2024-05-01' AND '2024-05-31'",
        "to_char(at, 'YYYY-MM') = '2024-05'",
        "extract(year FROM at) = 2024 AND extract(month FROM at) = 5",
    ],
)
def test_times_are_compared_by_their_month(postgres, condition):
    postgres.script(f"CREATE TABLE m (at TIMESTAMP CHECK ({condition}))")
    postgres.script("INSERT INTO m VALUES ('2024-05-01 00:00:01'), ('2024-05-31 23:59:59.75')")
    for outside in ("2024-04-30 23:59:59", "2024-06-01 00:00:00", "2023-05-05 00:00:00"):
        with pytest.raises(SqlError):
            postgres.script(f"INSERT INTO m VALUES ('{outside}')")


@pytest.mark.parametrize(
    "text",
    [
        "/*!" + "/*" * 100_000,
        "/*! " + "'" * 100_001,
        "/*!" * 80_000,
        "/*! */ '" + "\\" * 100_001,
        "/*! */ " + "'\"`" * 60_000,
        "SHOW FULL TABLES" + " " * 200_000 + "x",
        "SHOW TABLES" + " WHERE" * 40_000,
        "EXPLAIN " + "ANALYZE " * 30_000,
        "DROP TABLE " + ", " * 50_000,
    ],
    ids=range(9),
)
def test_attack_text_that_is_read_again_and_again_in_mysql(mysql, text):
    begin = time.process_time()
    with pytest.raises(SqlError):
        mysql.query(text)
    assert time.process_time() - begin < 4


@pytest.mark.parametrize(
    "names", ["a" * 50 + "!", '"' * 51 + "!", '"a"' * 50_000 + "!", "a, " * 50_000 + "!", "a (" * 50_000], ids=range(5)
)
def test_attack_names_of_a_vacuum_that_are_read_again_and_again(postgres, names):
    db = psycopg2.connect(host="db")
    db.autocommit = True
    begin = time.process_time()
    with pytest.raises(psycopg2.errors.SyntaxError):
        db.cursor().execute(f"VACUUM {names}")
    assert time.process_time() - begin < 4
