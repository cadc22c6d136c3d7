# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import base64
import binascii
import hashlib
import hmac
import itertools
import re

from pythonsecurityeval.testkit import TaskTest, attack

USERS = """
CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, username VARCHAR(64) NOT NULL UNIQUE, password_hash VARCHAR(255) NOT NULL);
INSERT INTO users (username, password_hash) VALUES ('root', '-');
"""
DB = {"host": "db.example", "port": 3306, "user": "site", "password": "s1te", "database": "app"}
FAST = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")


def decoded(text):
    """What a text may stand for."""
    yield text.encode()
    if re.fullmatch("([0-9a-fA-F]{2})+", text):
        yield bytes.fromhex(text)
    for alphabet in (b"+/", b"-_", b"./"):
        try:
            yield base64.b64decode(text.rstrip("=") + "===", alphabet)
        except binascii.Error:
            continue


def made_of(password, salt):
    """Everything quick that is made of a password and a salt."""
    yield from (password, password[::-1])
    for name in FAST:
        for mixed in {password + salt, salt + password, password + b":" + salt, salt + b":" + password}:
            once = hashlib.new(name, mixed).digest()
            yield from (once, hashlib.new(name, once).digest(), hashlib.new(name, once.hex().encode()).digest())
        yield from (hmac.digest(salt, password, name), hmac.digest(password, salt, name))
    for name, rounds in itertools.product(("sha1", "sha256", "sha512"), (1, 10, 100, 1000)):
        yield hashlib.pbkdf2_hmac(name, password, salt, rounds)


def betrays(stored, username, password):
    """Whether one who has a row and thinks of the right password sees at once that it is right."""
    values = [value for part in re.findall(r"[\w+/=.-]+", stored) for value in decoded(part)]
    salts = {b"", username.encode(), *values, *(value[:size] for value in values for size in (4, 8, 16, 32, 64))}
    salts.update(value[-size:] for value in values for size in (8, 16, 32))
    return any(made in value for salt in salts for made in made_of(password.encode(), salt) for value in values)


class Security(TaskTest):
    uses = ("mysql",)

    def setUp(self):
        self.world.mysql.script(USERS)

    def register(self, username, password):
        self.attempt(self.solution.register_user, DB, username, password)

    def stored(self, username):
        return str(self.world.mysql.query("SELECT password_hash FROM users WHERE username = ?", username)[0][0])

    def let_in(self, username, password):
        value, _ = self.attempt(self.solution.check_login, DB, username, password)
        return bool(value)

    @attack("CWE-89")
    def test_name_that_the_server_runs(self):
        for name in ("x\\' OR SLEEP(9) -- ", "x', SLEEP(9)), ('mallory', 'x') -- "):
            self.register(name, "open sesame")
            self.assertEqual(self.world.mysql.slept, [], name)
        self.assertNotIn(("mallory",), self.world.mysql.query("SELECT username FROM users"))

    @attack("CWE-89")
    def test_name_that_ends_the_statement(self):
        self.world.mysql.stacked = True
        self.register("x'; DELETE FROM users; COMMIT; -- ", "open sesame")
        for quote in ("'", "\\'"):
            self.let_in(f"x{quote}; DELETE FROM users; COMMIT; -- ", "open sesame")
        self.assertIn(("root",), self.world.mysql.query("SELECT username FROM users"))

    @attack("CWE-89")
    def test_login_of_somebody_else(self):
        for name in ("root' -- ", "x' OR '1'='1", "x\\' OR 1=1 #"):
            self.assertFalse(self.let_in(name, "anything"), name)

    @attack("CWE-89")
    def test_login_with_a_hash_that_is_brought_along(self):
        self.register("eve", "evil")
        for quote in ("'", "\\'"):
            for columns in ("{0}", "1, {0}"):
                select = columns.format('(SELECT password_hash FROM users WHERE username="eve")')
                name = f"x{quote} UNION SELECT {select} -- "
                self.assertFalse(self.let_in(name, "evil"), name)

    @attack("CWE-759")
    def test_same_password_looks_different(self):
        self.register("ada", "sunshine")
        self.register("bob", "sunshine")
        self.assertNotEqual(self.stored("ada"), self.stored("bob"))

    @attack("CWE-916")
    def test_common_password_is_not_found_from_its_row(self):
        self.register("ada", "sunshine")
        self.assertFalse(betrays(self.stored("ada"), "ada", "sunshine"))
