# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from hashlib import sha256

from pythonsecurityeval.testkit import TaskTest, attack

START = 1_900_000_000
TABLES = """
CREATE TABLE sessions (token_hash TEXT, user_id INTEGER, created INTEGER, last_seen INTEGER, revoked INTEGER);
CREATE TABLE users (id INTEGER, blocked INTEGER);
INSERT INTO users VALUES (1, 0), (2, 0), (3, 1);
"""
SESSIONS = [("k7-ada", 1, 0, 43_000, 0), ("k8-bob", 2, 0, 600, 0), ("k9-revoked", 1, 0, 600, 1), ("k3-blocked", 3, 0, 600, 0)]


class Security(TaskTest):
    def setUp(self):
        rows = ", ".join(
            f"('{sha256(cookie.encode()).hexdigest()}', {user}, {START + created}, {START + seen}, {revoked})"
            for cookie, user, created, seen, revoked in SESSIONS
        )
        self.path = self.files.sqlite("web.db", TABLES + f"INSERT INTO sessions VALUES {rows};")

    def refused(self, cookie, after):
        user, _ = self.attempt(self.solution.session_user, self.path, cookie, START + after)
        self.assertNotIn(user, (1, 2, 3), cookie)
        seen = self.files.query("web.db", "SELECT last_seen FROM sessions ORDER BY rowid")
        self.assertEqual([moment - START for (moment,) in seen], [43_000, 600, 600, 600], cookie)

    @attack("CWE-613")
    def test_session_that_was_busy_for_twelve_hours(self):
        for after in (43_200, 43_201, 44_000, 44_799):
            self.refused("k7-ada", after)

    @attack("CWE-613")
    def test_ended_sessions_stay_ended(self):
        for _ in range(3):
            self.refused("k8-bob", 2400)
            self.refused("k9-revoked", 601)
            self.refused("k3-blocked", 601)
        self.refused("k7-ada", 43_200 + 1800)

    @attack("CWE-836")
    def test_hash_from_the_table_as_cookie(self):
        digest = sha256(b"k8-bob").hexdigest()
        for cookie in (digest, digest.upper(), f" {digest}", f"sha256:{digest}", f"0x{digest}"):
            self.refused(cookie, 700)

    @attack("CWE-89")
    def test_cookie_with_sql(self):
        for quote in ("'", '"', "''", "\\'"):
            for tail in (f" OR {quote}1{quote}={quote}1", " OR 1=1 --", " OR user_id=2 --", " UNION SELECT 1, 2 --"):
                self.refused(f"x{quote}{tail}", 700)
        for cookie in ("%", "_" * 64, "*", "[0-9]", "k8-bob\0"):
            self.refused(cookie, 700)
