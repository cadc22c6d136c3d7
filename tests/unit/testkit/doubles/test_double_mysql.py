"""PyMySQL, mysql.connector and SQLAlchemy as they are, against the double: injections have their real effects."""

import contextlib
import datetime
import decimal
import io
import threading
import time

import mysql.connector
import pymysql
import pymysql.cursors
import pytest
import sqlalchemy

from pythonsecurityeval.testkit.inside.drivers import install_mysql
from pythonsecurityeval.testkit.judge.doubles.sql.mysql import MySql

LOGIN = {"host": "db.local", "user": "app", "password": "pw", "database": "shop"}


@pytest.fixture
def server(net, wire):
    install_mysql()
    server = MySql(net)
    server.script(
        "CREATE TABLE users(id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL, email VARCHAR(50) UNIQUE,"
        " paid DECIMAL(10,2), made DATETIME DEFAULT CURRENT_TIMESTAMP, photo BLOB) ENGINE=InnoDB;"
        "INSERT INTO users(name, email, paid, made) VALUES('root', 'r@x', 1.5, '2020-01-02 03:04:05')"
    )
    yield server
    server.close()


@pytest.fixture(params=["pymysql", "connector"])
def driver(request):
    return pymysql if request.param == "pymysql" else mysql.connector


@pytest.fixture
def db(server, driver):
    connection = driver.connect(**LOGIN)
    yield connection
    connection.close()


def test_parameters_are_quoted_by_the_driver(server, db):
    cursor = db.cursor()
    name = "O'Brien\\', (SELECT 1)) -- \n\x00é😀\x1a%"
    cursor.execute("INSERT INTO users(name, email, paid) VALUES(%s, %s, %s)", (name, None, decimal.Decimal("2.50")))
    assert (cursor.rowcount, cursor.lastrowid) == (1, 2)
    db.commit()
    cursor.execute("SELECT name, email, paid FROM users WHERE id = %s", (2,))
    assert cursor.fetchone() == (name, None, decimal.Decimal("2.50"))
    assert server.query("SELECT name FROM users WHERE id = ?", 2) == [(name,)]


def test_types_come_back_as_python_values(db):
    cursor = db.cursor()
    cursor.execute("SELECT id, name, paid, made, photo, 1.5E0, NULL FROM users")
    row = cursor.fetchone()
    assert row == (1, "root", decimal.Decimal("1.50"), datetime.datetime(2020, 1, 2, 3, 4, 5), None, 1.5, None)  # noqa: DTZ001
    assert [column[0] for column in cursor.description][:3] == ["id", "name", "paid"]


def test_bytes_survive(server, db):
    raw = bytes(range(256))
    cursor = db.cursor()
    cursor.execute("UPDATE users SET photo = %s", (raw,))
    db.commit()
    cursor.execute("SELECT photo FROM users")
    assert cursor.fetchone() == (raw,)
    assert server.query("SELECT photo FROM users") == [(raw,)]


def test_uncommitted_work_is_lost(server, db, driver, wire):
    db.cursor().execute("INSERT INTO users(name) VALUES('ghost')")
    assert server.query("SELECT COUNT(*) FROM users") == [(1,)]
    db.rollback()
    other = driver.connect(**LOGIN)
    other.cursor().execute("INSERT INTO users(name) VALUES('ghost')")
    other.close()
    wire.threads[-1].join(5)
    assert server.query("SELECT COUNT(*) FROM users") == [(1,)]


def test_rollback_and_commit(server, db):
    cursor = db.cursor()
    cursor.execute("UPDATE users SET name = 'x'")
    cursor.execute("SELECT name FROM users")
    assert cursor.fetchall()[0][0] == "x"
    db.rollback()
    cursor.execute("SELECT name FROM users")
    assert cursor.fetchall()[0][0] == "root"
    cursor.execute("UPDATE users SET name = 'y'")
    db.commit()
    assert server.query("SELECT name FROM users") == [("y",)]


def test_autocommit(server, driver):
    connection = driver.connect(**LOGIN, autocommit=True)
    connection.cursor().execute("UPDATE users SET name = 'x'")
    assert server.query("SELECT name FROM users") == [("x",)]
    connection.close()


def test_union_injection_reads_other_tables(server, db):
    server.script("CREATE TABLE secret(pin INT); INSERT INTO secret VALUES (731946)")
    cursor = db.cursor()
    cursor.execute("SELECT name FROM users WHERE email = '' UNION SELECT pin FROM secret -- '")
    assert [str(row[0]) for row in cursor.fetchall()] == ["731946"]
    cursor.execute("SELECT name FROM users WHERE name = '' OR '1'='1' # '")
    assert cursor.fetchall() == [("root",)] or list(cursor.fetchall()) == []


def test_catalogue_tells_an_attacker_the_tables(db):
    cursor = db.cursor()
    cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()")
    assert ("users", "email") in list(cursor.fetchall())
    cursor.execute("SHOW TABLES")
    assert list(cursor.fetchall()) == [("users",)]


def test_stacked_statements_as_the_driver_has_them(server):
    attack = "SELECT name FROM users WHERE id = 1; DROP TABLE users"
    with pymysql.connect(**LOGIN) as db, pytest.raises(pymysql.err.ProgrammingError, match="1064"):
        db.cursor().execute(attack)
    assert server.tables() == ["users"]
    db = mysql.connector.connect(**LOGIN)
    cursor = db.cursor()
    cursor.execute(attack)
    db.close()
    assert server.tables() == []


def test_stacked_statements_forced_and_refused(server, driver):
    server.stacked = False
    db = driver.connect(**LOGIN)
    with pytest.raises(driver.Error):
        db.cursor().execute("SELECT 1; DROP TABLE users")
    assert server.tables() == ["users"]
    server.stacked = True
    db.cursor().execute("SELECT 1; DROP TABLE users")
    db.close()
    assert server.tables() == []


@pytest.mark.parametrize(
    ("sql", "error", "number"),
    [
        ("SELEC 1", "ProgrammingError", 1064),
        ("SELECT 'a", "ProgrammingError", 1064),
        ("SELECT * FROM nosuch", "ProgrammingError", 1146),
        ("INSERT INTO users(name, email) VALUES('a', 'R@X')", "IntegrityError", 1062),
        ("INSERT INTO users(name) VALUES(NULL)", "IntegrityError", 1048),
        ("INSERT INTO users(name) VALUES(REPEAT('a', 60))", "DataError", 1406),
    ],
)
def test_errors_are_the_drivers_own(db, driver, sql, error, number):
    with pytest.raises(getattr(driver, error)) as caught:
        db.cursor().execute(sql)
    assert caught.value.args[0] == number


def test_unknown_column(db, driver):
    with pytest.raises(driver.Error) as caught:
        db.cursor().execute("SELECT nosuch FROM users")
    assert caught.value.args[0] == 1054
    with pytest.raises(driver.Error):
        db.cursor().execute("SELECT `quoted` FROM users")


def test_wrong_password(server, driver):
    server.users = {"app": "right"}
    with pytest.raises(driver.Error) as caught:
        driver.connect(**LOGIN)
    assert caught.value.args[0] == 1045
    driver.connect(**LOGIN | {"password": "right"}).close()
    with pytest.raises(driver.Error):
        driver.connect(**LOGIN | {"user": "root", "password": ""})
    assert [login[0] for login in server.logins] == ["app", "app", "root"]
    assert server.logins[1] == ("app", "right")


def test_dictionary_cursors(server):
    with pymysql.connect(**LOGIN, cursorclass=pymysql.cursors.DictCursor) as db, db.cursor() as cursor:
        cursor.execute("SELECT id, name AS n, count(*) FROM users GROUP BY id")
        assert cursor.fetchall() == [{"id": 1, "n": "root", "count(*)": 1}]
    db = mysql.connector.connect(**LOGIN)
    cursor = db.cursor(dictionary=True)
    cursor.execute("SELECT id, COUNT(*) FROM users GROUP BY id")
    assert cursor.fetchall() == [{"id": 1, "COUNT(*)": 1}]
    db.close()


def test_executemany_and_iteration(server, db):
    cursor = db.cursor()
    cursor.executemany("INSERT INTO users(name, email) VALUES(%s, %s)", [(f"n{i}", f"{i}@x") for i in range(300)])
    assert cursor.rowcount == 300
    db.commit()
    cursor.execute("SELECT name FROM users WHERE id > 1 ORDER BY id")
    assert [row[0] for row in cursor] == [f"n{i}" for i in range(300)]


def test_prepared_statements(server):
    db = mysql.connector.connect(**LOGIN)
    cursor = db.cursor(prepared=True)
    cursor.execute("INSERT INTO users(name, paid, made) VALUES(?, ?, ?)", ("a'b", 2.5, datetime.datetime(2021, 1, 1)))  # noqa: DTZ001
    cursor.execute("SELECT id, name, paid, made, NULL FROM users WHERE name = %s", ("a'b",))
    row = cursor.fetchone()
    assert row == (2, "a'b", decimal.Decimal("2.50"), datetime.datetime(2021, 1, 1), None)  # noqa: DTZ001
    db.commit()
    db.close()


def test_savepoints_and_explicit_transactions(server):
    with pymysql.connect(**LOGIN, autocommit=True) as db:
        cursor = db.cursor()
        db.begin()
        cursor.execute("INSERT INTO users(name) VALUES('a')")
        cursor.execute("SAVEPOINT s")
        cursor.execute("INSERT INTO users(name) VALUES('b')")
        cursor.execute("ROLLBACK TO SAVEPOINT s")
        db.commit()
    assert server.query("SELECT name FROM users ORDER BY id") == [("root",), ("a",)]


def test_definition_commits(server):
    with pymysql.connect(**LOGIN) as db:
        db.cursor().execute("INSERT INTO users(name) VALUES('a')")
        db.cursor().execute("CREATE TABLE other(a INT)")
        db.rollback()
    assert server.query("SELECT COUNT(*) FROM users") == [(2,)]


def test_writers_of_one_table_wait_for_each_other(server):
    server.script("CREATE TABLE stock(n INT); INSERT INTO stock VALUES (5)")
    sold = []

    def buy():
        with pymysql.connect(**LOGIN) as db:
            cursor = db.cursor()
            cursor.execute("UPDATE stock SET n = n - 1 WHERE n > 0")
            if cursor.rowcount:
                sold.append(1)
            db.commit()

    threads = [threading.Thread(target=buy) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(sold), server.query("SELECT n FROM stock")) == (5, [(0,)])


def test_lock_wait_ends(server):
    with pymysql.connect(**LOGIN) as one, pymysql.connect(**LOGIN) as other:
        one.cursor().execute("SELECT * FROM users WHERE id = 1 FOR UPDATE")
        with pytest.raises(pymysql.err.OperationalError, match="1205"):
            other.cursor().execute("UPDATE users SET name = 'x'")
        one.commit()
        other.cursor().execute("UPDATE users SET name = 'x'")
        other.commit()
    assert server.query("SELECT name FROM users") == [("x",)]


def test_transactions_on_different_tables_both_count(server):
    server.script("CREATE TABLE other(a INT)")
    with pymysql.connect(**LOGIN) as one, pymysql.connect(**LOGIN) as two:
        one.cursor().execute("INSERT INTO other VALUES(1)")
        two.cursor().execute("INSERT INTO users(name) VALUES('b')")
        one.commit()
        two.commit()
    assert server.query("SELECT COUNT(*) FROM users, other") == [(2,)]


def test_text_is_compared_without_regard_to_case(db):
    cursor = db.cursor()
    cursor.execute("SELECT COUNT(*) FROM users WHERE name = 'ROOT'")
    assert cursor.fetchone() == (1,)


def test_sleeping_is_noted_and_nobody_waits(server, db):
    cursor = db.cursor()
    cursor.execute("SELECT * FROM users WHERE id = 1 AND SLEEP(30)")
    cursor.fetchall()
    assert server.slept == [30.0]


def test_last_insert_id_is_the_sessions_own(server):
    with pymysql.connect(**LOGIN, autocommit=True) as one, pymysql.connect(**LOGIN, autocommit=True) as two:
        cursor = one.cursor()
        cursor.execute("INSERT INTO users(name) VALUES('a'), ('b')")
        assert cursor.lastrowid == 2
        two.cursor().execute("INSERT INTO users(name) VALUES('c')")
        cursor.execute("SELECT LAST_INSERT_ID()")
        assert cursor.fetchone() == (2,)


@pytest.mark.parametrize(
    "attack",
    [
        "ATTACH DATABASE '/tmp/x' AS y",
        "VACUUM INTO '/tmp/x'",
        "PRAGMA writable_schema = 1",
        "SELECT load_extension('/tmp/x.so')",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_table_info('users')",
        "CREATE VIRTUAL TABLE v USING fts3(a)",
        "CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM users; END",
        "SELECT randomblob(100000000)",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT COUNT(*) FROM c",
        "SELECT " + "(" * 3000 + "1" + ")" * 3000,
        "SELECT 1" + " + 1" * 5000,
        "SELECT '" + "a" * 2_000_000 + "'",
        "SELECT * FROM users INTO OUTFILE '/tmp/x'",
        "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE users",
    ],
    ids=range(15),
)
def test_engine_underneath_is_out_of_reach(server, attack):
    server.stacked = True
    with pymysql.connect(**LOGIN) as db:
        with pytest.raises(pymysql.err.Error):
            db.cursor().execute(attack)
        cursor = db.cursor()
        cursor.execute("SELECT COUNT(*) FROM users")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"\0\0\0\0", b"\xff\xff\xff\x01", b"\x01\0\0\x01\0", b"\x40\0\0\x01" + b"\xff" * 64, b"\x05\0\0\x01abcde"],
    ids=range(6),
)
def test_nonsense_ends_the_connection_quietly(server, wire, nonsense):
    with wire.open("db.local", 3306) as sock:
        sock.recv(4096)
        sock.sendall(nonsense)
    wire.join()


def test_sqlalchemy_and_pandas(server):
    import pandas as pd

    engine = sqlalchemy.create_engine("mysql+pymysql://app:pw@db.local/shop")
    table = sqlalchemy.Table(
        "items",
        sqlalchemy.MetaData(),
        sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
        sqlalchemy.Column("name", sqlalchemy.String(20)),
    )
    table.metadata.create_all(engine)
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"name": "O'x"}, {"name": "b"}])
        names = connection.execute(sqlalchemy.text("SELECT name FROM items WHERE name = :n"), {"n": "O'x"})
        assert names.scalars().all() == ["O'x"]
    frame = pd.read_sql("SELECT * FROM items", engine)
    assert frame["name"].tolist() == ["O'x", "b"]
    engine.dispose()
    assert server.query("SELECT COUNT(*) FROM items") == [(2,)]


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        (
            "SELECT CONCAT('a', 1), CONCAT_WS(',', 'a', NULL, 'b'), IFNULL(NULL, 2), IF(1 > 2, 'y', 'n')",
            [("a1", "a,b", 2, "n")],
        ),
        (
            "SELECT MD5('a'), SHA2('a', 256) = SHA2('a', 256), LENGTH('abc'), UPPER('a'), LEFT('abc', 2)",
            [("0cc175b9c0f1b6a831c399e269772661", 1, 3, "A", "ab")],
        ),
        ("SELECT name FROM users WHERE name LIKE 'r%t' LIMIT 0, 5", [("root",)]),
        ("SELECT name FROM users WHERE name LIKE '\\%' OR name IN ('a', 'b')", []),
        ("SELECT COUNT(*) FROM users WHERE made > NOW() - INTERVAL 1 DAY", [(0,)]),
        ("SELECT COUNT(*) FROM users u JOIN users v ON u.id = v.id WHERE u.email = 'r@x'", [(1,)]),
        ("SELECT DATE_ADD('2020-01-01', INTERVAL 36 HOUR)", [("2020-01-02 12:00:00",)]),
        ("SELECT `users`.`name` FROM `shop`.`users` ORDER BY `id` DESC", [("root",)]),
        ("SELECT @@version, DATABASE()", [("8.0.36", "shop")]),
        ("SELECT 1 /* comment */ -- another", [(1,)]),
        ("SELECT 'a' 'b', \"c\", 'd''e'", None),
    ],
)
def test_dialect(server, sql, rows):
    with pymysql.connect(**LOGIN) as db, db.cursor() as cursor:
        cursor.execute(sql)
        found = list(cursor.fetchall())
        assert rows is None or [tuple(str(v) for v in r) for r in found] == [tuple(str(v) for v in r) for r in rows]


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("INSERT INTO users(id, name) VALUES(1, 'new') ON DUPLICATE KEY UPDATE name = VALUES(name)", ["new"]),
        ("INSERT IGNORE INTO users(id, name) VALUES(1, 'x'), (2, 'y')", ["root", "y"]),
        ("REPLACE INTO users(id, name) VALUES(1, 'x')", ["x"]),
        ("INSERT INTO users SET name = 'z', email = CONCAT('a', '@', 'b')", ["root", "z"]),
        ("DELETE FROM users WHERE id > 0 ORDER BY id LIMIT 1", []),
        ("UPDATE users SET name = 'u' WHERE 1 = 1 LIMIT 1", ["u"]),
        ("TRUNCATE TABLE users", []),
        ("UPDATE `users` SET `name` = 'v' WHERE `id` = '1'", ["v"]),
    ],
)
def test_own_forms_of_writing(server, sql, names):
    with pymysql.connect(**LOGIN) as db:
        db.cursor().execute(sql)
        db.commit()
    assert [row[0] for row in server.query("SELECT name FROM users ORDER BY id")] == names


def test_sums_and_times_have_their_types(server):
    server.script("INSERT INTO users(name, paid) VALUES('a', 1.1), ('b', 2.2)")
    with pymysql.connect(**LOGIN) as db, db.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(paid), MAX(made), AVG(id), SUM(id), MIN(name), CURDATE(), NOW() FROM users WHERE id > 1"
        )
        total, made, average, ids, name, today, now = cursor.fetchone()
    assert (total, average, ids, name) == (decimal.Decimal("3.30"), decimal.Decimal("2.5"), decimal.Decimal(5), "a")
    assert isinstance(made, datetime.datetime)
    assert isinstance(now, datetime.datetime)
    assert isinstance(today, datetime.date)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE users ADD COLUMN a INT NOT NULL DEFAULT 0, ADD COLUMN b TEXT",
        "ALTER TABLE users DROP COLUMN photo",
        "CREATE INDEX i ON users (name)",
        "CREATE VIEW v AS SELECT name FROM users",
        "CREATE TEMPORARY TABLE t (a INT)",
        "DROP TABLE IF EXISTS t, u",
        "CREATE TABLE t AS SELECT * FROM users",
        "CREATE TABLE t (id INT UNSIGNED NOT NULL AUTO_INCREMENT, r ENUM('a', 'b') NOT NULL DEFAULT 'a', n CHAR(64) CHARACTER SET utf8mb4,"
        " t TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (id), KEY k (n),"
        " CONSTRAINT f FOREIGN KEY (id) REFERENCES users (id) ON DELETE CASCADE) ENGINE=InnoDB AUTO_INCREMENT=5 COMMENT='x'",
        "GRANT ALL ON shop.* TO 'app'@'%'",
        "SET NAMES utf8mb4",
        "USE shop",
    ],
    ids=range(11),
)
def test_definitions(server, sql):
    with pymysql.connect(**LOGIN) as db, db.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SELECT COUNT(*) FROM users")
        assert cursor.fetchone() == (1,)


def test_attack_a_statement_that_takes_minutes_to_parse(server):
    started = time.process_time()
    with pymysql.connect(**LOGIN) as db, db.cursor() as cursor, pytest.raises(pymysql.MySQLError):
        cursor.execute(f"SELECT a FROM t WHERE a IN ({'1,' * 400_000}1)")
    assert time.process_time() - started < 1


def test_attack_statement_upon_statement_until_the_judge_is_busy_for_ever(server):
    started = time.process_time()
    with pymysql.connect(**LOGIN) as db, db.cursor() as cursor, pytest.raises(pymysql.MySQLError):
        list(map(cursor.execute, (f"SELECT {number} /* {'x' * 100_000} */" for number in range(100))))
    assert 15 < len(server.log) < 25
    assert time.process_time() - started < 5


def test_attack_fill_the_judge_with_parameters(server):
    with mysql.connector.connect(**LOGIN) as db:
        with db.cursor(prepared=True) as cursor, pytest.raises(mysql.connector.Error):
            list(map(cursor.execute, ["SELECT %s"] * 3, [(io.BytesIO(b"x" * (3 << 20)),)] * 3))
        with contextlib.suppress(mysql.connector.Error):
            db.close()


def test_a_server_that_nobody_asks_costs_no_database(net):
    server = MySql(net)
    assert server._made is None
    server.close()
    assert server._made is None


def test_tables_with_odd_names_are_described(server, db):
    server.script("CREATE TABLE `late orders` (days INT NOT NULL); CREATE TABLE `it's` (a INT)")
    cursor = db.cursor()
    for name in ("`late orders`", "`shop`.`late orders`"):
        cursor.execute(f"DESCRIBE {name}")
        assert [row[0] for row in cursor.fetchall()] == ["days"]
    cursor.execute("SHOW CREATE TABLE `it's`")
    assert cursor.fetchall()[0][0] == "it's"
    with pytest.raises(Exception, match="1146"):
        cursor.execute("DESCRIBE `no' OR '1'='1`")
    cursor.execute("DESCRIBE `it's`")
    assert [row[0] for row in cursor.fetchall()] == ["a"]


def test_names_with_backslashes_and_backticks(server, db):
    cursor = db.cursor()
    cursor.execute(r"CREATE TABLE `a\x``b ''y` (`c\n``d` INT)")
    assert server.tables() == [r"a\x`b ''y", "users"]
    cursor.execute(r"SHOW COLUMNS FROM `a\x``b ''y`")
    assert [row[0] for row in cursor.fetchall()] == [r"c\n`d"]
    engine = sqlalchemy.create_engine("mysql+pymysql://app:pw@db.local/shop")
    assert sqlalchemy.inspect(engine).has_table(r"a\x`b ''y")
    assert not sqlalchemy.inspect(engine).has_table(r"ax`b ''y")


def test_tables_without_views(server, db):
    server.script("CREATE VIEW names AS SELECT name FROM users")
    cursor = db.cursor()
    cursor.execute("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")
    assert list(cursor.fetchall()) == [("users", "BASE TABLE")]
    cursor.execute("SHOW TABLES FROM `shop` WHERE Tables_in_shop LIKE 'n%'")
    assert list(cursor.fetchall()) == [("names",)]
    cursor.execute("SHOW COLUMNS FROM users WHERE Field = 'email'")
    assert [row[0] for row in cursor.fetchall()] == ["email"]


def test_bytes_are_bytes_however_they_were_sent(server, db):
    cursor = db.cursor()
    for value in (b"text", "text", b""):
        cursor.execute("UPDATE users SET photo = %s", (value,))
        db.commit()
        cursor.execute("SELECT photo FROM users")
        expected = value.encode() if isinstance(value, str) else value
        assert list(cursor.fetchall()) == [(expected,)]
        assert server.query("SELECT photo FROM users") == [(expected,)]


@pytest.mark.parametrize(
    ("statement", "kind", "tables"),
    [
        ("SELECT * FROM users WHERE name = 'a;b'", "SIMPLE", ["users"]),
        ("SELECT v.id FROM users u JOIN users v ON u.id = v.id", "SIMPLE", ["u", "v"]),
        ("WITH w AS (SELECT id FROM users) SELECT id FROM w", "SIMPLE", ["users"]),
        ("SELECT SLEEP(5)", "SIMPLE", [None]),
        ("DELETE FROM users", "DELETE", ["users"]),
        ("update users set name = 'x'", "UPDATE", ["users"]),
        ("REPLACE INTO users(id, name) VALUES(1, 'x')", "REPLACE", ["users"]),
    ],
)
def test_a_plan_is_told_and_nothing_runs(server, statement, kind, tables):
    with pymysql.connect(**LOGIN, cursorclass=pymysql.cursors.DictCursor) as db, db.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        rows = cursor.fetchall()
        cursor.execute(f"DESC FORMAT=JSON {statement}")
        assert list(cursor.fetchall()[0]) == ["EXPLAIN"]
    assert [(row["select_type"], row["table"]) for row in rows] == [(kind, table) for table in tables]
    assert server.query("SELECT name FROM users") == [("root",)]
    assert server.slept == []


def test_explain_analyze_runs_the_query(server, db):
    cursor = db.cursor()
    for number, words in enumerate(("ANALYZE", "analyze format=tree", "/*!80018 ANALYZE */", "/*! ANALYZE */"), 1):
        cursor.execute(f"EXPLAIN {words} SELECT SLEEP(3)")
        cursor.fetchall()
        assert server.slept == [3.0] * number
    cursor.execute("EXPLAIN /*!99999 ANALYZE */ SELECT SLEEP(3)")
    cursor.fetchall()
    assert len(server.slept) == 4
    for wrong in (
        "ANALYZE DELETE FROM users",
        "SELECT nothing FROM users",
        "SELECT 1 FROM nowhere",
        "DROP TABLE users",
    ):
        with pytest.raises(Exception, match="10(64|54)|1146"):
            cursor.execute(f"EXPLAIN {wrong}")
    assert server.query("SELECT name FROM users") == [("root",)]


def test_comments_that_are_code_and_texts_that_are_none(server, db):
    cursor = db.cursor()
    cursor.execute("SELECT '/*! 1 */', /*!50000 2, */ 3 -- /*! 4 */\n, `name` /* /*! 5 */ FROM users # /*! 6 */")
    assert list(cursor.fetchall()) == [("/*! 1 */", 2, 3, "root")]
