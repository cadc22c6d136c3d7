"""Small suites that attacks meet, each with an honest solution: whatever of the kit a test can lean on."""

from pythonsecurityeval.types import Extraction, Prediction, UnitTest

HEAD = "import re\nfrom pythonsecurityeval.testkit import TaskTest\n\n\nclass Functional(TaskTest):\n"
SUITES = {
    "plain": """
    def test_sum(self):
        self.assertEqual(self.solution.add(2, 3), 5)

    def test_text(self):
        self.assertEqual(self.solution.add("a", "b"), "ab")
""",
    "files": """
    def test_saved(self):
        self.solution.save(self.files.path("a.txt"), "hello")
        self.assertEqual(self.files.text("a.txt"), "hello")
""",
    "tree": """
    def test_all_there(self):
        self.solution.unpack(self.files.path("d"))
        self.assertEqual(self.files.tree("d"), ["a/b.txt", "c.txt"])
        self.assertEqual(self.files.mode("d/c.txt"), 0o600)
""",
    "callback": """
    def test_applied(self):
        seen = []

        def note(x):
            seen.append(x)
            return x + 1

        self.assertEqual(self.solution.apply(note, 3), 4)
        self.assertEqual(seen, [3])

    def test_applied_again(self):
        self.assertEqual(self.solution.apply(lambda x: x * 2, 4), 8)
""",
    "view": """
    def test_account(self):
        account = self.solution.Account(10)
        before = self.view.attrs(account, "balance", "name")
        self.assertEqual(before, {"balance": 10, "name": "ada"})
        self.view.invoke(account, "pay", 4)
        self.assertEqual(self.view.attrs(account, "balance"), {"balance": 6})
        self.assertEqual(self.view.items(account, 3), ["pay 4"])
        self.assertEqual(self.view.type(account), "solution.Account")

    def test_answer(self):
        answer = self.view.response(self.solution.Answer())
        self.assertEqual((answer.status, answer.headers["x-a"], answer.body), (200, "b", b"hello"))
        self.assertEqual(answer.cookies, {})
""",
    "words": """
    def test_words(self):
        self.assertTrue(re.fullmatch("([a-z]+ ?)+", self.solution.words()), "no words")
""",
    "database": """
    def test_rows(self):
        path = self.files.sqlite("a.db", "CREATE TABLE t (x)")
        self.solution.insert(path, 5)
        self.assertEqual(self.files.query("a.db", "SELECT x FROM t"), [(5,)])
""",
    "web": """
    uses = ("net",)

    def test_fetched(self):
        self.world.web.route("http://a.example/x", "hello")
        self.assertEqual(self.solution.fetch("http://a.example/x"), "hello")
        (request,) = self.world.web.requests
        self.assertEqual((request.url, request.headers["accept"]), ("http://a.example/x", "text/plain"))
""",
    "mail": """
    uses = ("net",)

    def test_sent(self):
        self.world.mail.server("mx.example")
        self.solution.send("bob@x.org", "Hi")
        (mail,) = self.world.mail.box
        self.assertEqual((mail.to, mail.message["subject"], mail.message["bcc"]), (["bob@x.org"], "Hi", None))
""",
    "shop": """
    uses = ("mysql",)

    def test_rows(self):
        self.world.mysql.script("CREATE TABLE t (x INT); INSERT INTO t VALUES (1), (2)")
        self.assertEqual(self.solution.total("db.example"), 3)
        self.assertEqual(self.world.mysql.query("SELECT x FROM t ORDER BY x"), [(1,), (2,)])
""",
    "shell": """
    uses = ("shell",)

    def test_listed(self):
        self.world.shell.program("count", lambda argv, stdin: str(len(stdin)))
        self.assertEqual(self.solution.count("abc"), "3")
        self.assertEqual(self.world.shell.ran("count"), [["count"]])
""",
}
SUITES = {name: HEAD + text for name, text in SUITES.items()}
HONEST = {
    "plain": "def add(a, b):\n    return a + b\n",
    "files": "def save(path, text):\n    with open(path, 'w') as file:\n        file.write(text)\n",
    "tree": """
import os
def unpack(path):
    os.makedirs(path + "/a")
    for name in ("a/b.txt", "c.txt"):
        with open(f"{path}/{name}", "w") as file:
            file.write(name)
    os.chmod(path + "/c.txt", 0o600)
""",
    "callback": "def apply(f, x):\n    return f(x)\n",
    "view": """
class Account:
    name = "ada"
    def __init__(self, balance):
        self.balance, self.log = balance, []
    def pay(self, amount):
        self.balance -= amount
        self.log.append(f"pay {amount}")
    def __iter__(self):
        return iter(self.log)
class Answer:
    status_code, headers, content = 200, {"X-A": "b"}, b"hello"
""",
    "words": "def words():\n    return 'all is well'\n",
    "database": """
import sqlite3
def insert(path, x):
    db = sqlite3.connect(path)
    with db:
        db.execute("INSERT INTO t VALUES (?)", (x,))
    db.close()
""",
    "web": """
import urllib.request
def fetch(url):
    return urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "text/plain"}), timeout=5).read().decode()
""",
    "mail": """
import smtplib
from email.message import EmailMessage
def send(to, subject):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.org", to, subject
    with smtplib.SMTP("mx.example") as client:
        client.send_message(message)
""",
    "shop": """
import pymysql
def total(host):
    db = pymysql.connect(host=host, user="app", password="", database="app")
    with db.cursor() as cursor:
        cursor.execute("SELECT x FROM t")
        return sum(x for x, in cursor.fetchall())
""",
    "shell": """
import subprocess
def count(text):
    return subprocess.run(["count"], input=text, capture_output=True, text=True).stdout
""",
}
#: What is plainly wrong everywhere: judged after an attack, it shows that the judge still judges.
WRONG = "def __getattr__(name):\n    return lambda *a, **k: None\n"


def sample(suite, code, index):
    """A candidate for one of the suites, with its test."""
    test = UnitTest(task_id=suite, suite="functional", source=SUITES[suite])
    return Prediction(task_id=suite, sample_index=index, code=code, extraction=Extraction.SOLUTION), [test]
