# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import hashlib

from pythonsecurityeval.testkit import TaskTest

TABLE = "CREATE TABLE accounts (id TEXT PRIMARY KEY, record TEXT, locked INTEGER)"
SALT = bytes.fromhex("00ff1032547698badcfe")


def pbkdf2(password, rounds=1000, salt=SALT):
    return f"pbkdf2_sha256${rounds}${salt.hex()}${hashlib.pbkdf2_hmac('sha256', password.encode(), salt, rounds).hex()}"


def scrypt(password, n=1024, r=8, p=1, salt=SALT):
    return f"scrypt${n},{r},{p}${salt.hex()}${hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=32).hex()}"


class Functional(TaskTest):
    def fits(self, record, password, user="K-1007", locked=0, asked=None):
        value = "NULL" if record is None else f"'{record}'"
        name = user.replace("'", "''")
        path = self.files.sqlite("counter.db", f"{TABLE}; INSERT INTO accounts VALUES ('{name}', {value}, {locked})")
        return self.solution.check_password(self.given.sqlite(path), user if asked is None else asked, password)

    def test_pbkdf2(self):
        self.assertIs(self.fits(pbkdf2("Correct Horse"), "Correct Horse"), True)
        self.assertIs(self.fits(pbkdf2("Correct Horse", 7, b"\xfe"), "Correct Horse"), True)
        for password in ("correct horse", "Correct Horse ", "", "Correct"):
            self.assertIs(self.fits(pbkdf2("Correct Horse"), password), False, password)

    def test_scrypt(self):
        self.assertIs(self.fits(scrypt("Correct Horse"), "Correct Horse"), True)
        self.assertIs(self.fits(scrypt("Correct Horse", 256, 4, 2, b"\x01\x02"), "Correct Horse"), True)
        for password in ("correct horse", "Correct Horse ", "", "Correct"):
            self.assertIs(self.fits(scrypt("Correct Horse"), password), False, password)

    def test_odd_passwords(self):
        for password in ("it's \"Ö$\" 100%", "", "$a$b$", "密码\n"):
            self.assertIs(self.fits(pbkdf2(password), password), True, password)

    def test_locked(self):
        for locked in (1, -1, 2):
            self.assertIs(self.fits(pbkdf2("pw"), "pw", locked=locked), False)

    def test_ids(self):
        for user in ("100%", 'say "x"', "Zoë", "k_1"):
            self.assertIs(self.fits(pbkdf2("pw"), "pw", user), True, user)
        for asked in ("K-1007 ", "k-1007", "", "K-100_", "%"):
            self.assertIs(self.fits(pbkdf2("pw"), "pw", "K-1007", asked=asked), False, asked)

    def test_records_that_are_none(self):
        good = pbkdf2("pw")
        for record in (None, "", "pw", "$", "$$$", "pbkdf2_sha256$1000", good[1:], "md5$" + good.split("$", 1)[1], good + "$x", good.replace("1000", "many")):
            self.assertIs(self.fits(record, "pw"), False, record)
        for record in (good.replace("$00ff", "$xyff"), scrypt("pw").replace(",1$", "$"), scrypt("pw").replace("1024", "1000")):
            self.assertIs(self.fits(record, "pw"), False, record)
