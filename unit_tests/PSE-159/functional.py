# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest, inside

SETTINGS = {"host": "db7.example", "port": 3306, "user": "webshop", "password": "Tr1cky-Horse", "database": "stock"}


@inside
def one(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT amount FROM things")
    return list(cursor.fetchone())


class Functional(TaskTest):
    uses = ("mysql",)

    def setUp(self):
        self.world.mysql.script("CREATE TABLE things (amount INT); INSERT INTO things VALUES (42)")
        self.world.mysql.users = {"webshop": "not yet"}
        self.lines, self.waits = [], []

    def connect(self, attempts, ready_after=None, **settings):
        def wait(attempt):
            self.waits.append(attempt)
            if attempt == ready_after:
                self.world.mysql.users = {"webshop": SETTINGS["password"]}

        return self.solution.connect_when_ready({**SETTINGS, **settings}, attempts, self.lines.append, wait)

    def test_ready_at_once(self):
        self.world.mysql.users = {"webshop": SETTINGS["password"]}
        self.assertEqual(one(self.connect(1)), [42])
        self.assertEqual((self.lines, self.waits), ([], []))

    def test_ready_after_a_while(self):
        self.assertEqual(one(self.connect(9, ready_after=3)), [42])
        self.assertEqual(self.waits, [1, 2, 3])
        self.assertEqual(len(self.lines), 3)

    def test_never_ready(self):
        with self.assertRaises(ConnectionError):
            self.connect(3)
        self.assertEqual(self.waits, [1, 2])
        self.assertEqual(len(self.lines), 3)

    def test_ready_at_the_last_attempt(self):
        self.assertEqual(one(self.connect(2, ready_after=1)), [42])
        self.assertEqual(self.waits, [1])

    def test_lines_say_where_and_which(self):
        with self.assertRaises(ConnectionError):
            self.connect(2)
        for number, line in enumerate(self.lines, 1):
            for shown in (str(number), "db7.example", "3306", "webshop", "stock"):
                self.assertIn(shown, line)
            self.assertNotIn("\n", line)

    def test_error_says_where(self):
        with self.raises("ConnectionError") as caught:
            self.connect(1)
        for shown in ("db7.example", "3306", "webshop", "stock"):
            self.assertIn(shown, caught.exception.message)
        self.assertEqual(self.waits, [])

    def test_no_attempts_at_all(self):
        for attempts in (0, -1):
            with self.assertRaises(ValueError):
                self.connect(attempts)
        self.assertEqual((self.lines, self.waits, self.world.mysql.logins), ([], [], []))
