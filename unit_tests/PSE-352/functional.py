# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import hashlib

from pythonsecurityeval.testkit import TaskTest


def record(password, rounds):
    salt = bytes(range(16))
    return f"pbkdf2:{rounds}:{salt.hex()}:{hashlib.pbkdf2_hmac('sha256', password.encode(), salt, rounds).hex()}"


MEMBERS = f"""
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT UNIQUE, password TEXT);
INSERT INTO members VALUES
    (1, 'ada', 'Tulip 7'), (2, 'bob', '{record("Grüße%", 50)}'), (3, 'O''Neill', 'a:b$c''d"e'), (4, 'cy', NULL), (5, 'dee', ''), (6, 'eve', '{record("x", 70)}');
"""


class Functional(TaskTest):
    def setUp(self):
        self.path = self.files.sqlite("members.db", MEMBERS)

    def login(self, name, password, rounds=60):
        return self.solution.login(self.path, name, password, rounds)

    def test_row_of_the_old_kind(self):
        for wrong in ("tulip 7", "Tulip", "Tulip 7 ", ""):
            self.assertIs(self.login("ada", wrong), False, wrong)
        self.assertIs(self.login("ada", "Tulip 7"), True)

    def test_record_with_its_own_rounds(self):
        self.assertIs(self.login("bob", "Grüße%"), True)
        self.assertIs(self.login("eve", "x"), True)
        self.assertIs(self.login("bob", "Grüße"), False)
        self.assertIs(self.login("eve", ""), False)

    def test_login_goes_on_working(self):
        for _ in range(3):
            self.assertIs(self.login("O'Neill", 'a:b$c\'d"e'), True)
            self.assertIs(self.login("O'Neill", "a:b"), False)

    def test_locked_rows(self):
        for name in ("cy", "dee"):
            for password in ("", "None", "NULL"):
                self.assertIs(self.login(name, password), False)

    def test_unknown_names(self):
        for name in ("Ada", "ad%", "", "zoë"):
            self.assertIs(self.login(name, "Tulip 7"), False, name)

    def test_other_rows_and_records_stay(self):
        before = self.files.query("members.db", "SELECT * FROM members WHERE id > 1 ORDER BY id")
        self.login("ada", "Tulip 7")
        self.login("bob", "Grüße%")
        self.login("O'Neill", "wrong")
        self.assertEqual(self.files.query("members.db", "SELECT * FROM members WHERE id > 1 ORDER BY id"), before)
