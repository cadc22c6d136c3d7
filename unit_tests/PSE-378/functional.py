# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import gzip
import json

from pythonsecurityeval.testkit import TaskTest, inside

TABLE = "CREATE TABLE measurements (sensor VARCHAR(40), at DATETIME, value DOUBLE); INSERT INTO measurements VALUES ('old', '2030-01-01 00:00:00', 1);"


@inside
def connected(autocommit):
    import pymysql

    return pymysql.connect(host="db.example", user="sky", password="5ky", database="weather", autocommit=autocommit)


def line(sensor="t-1", at="2031-05-01T10:00:00", value=21.5, **more):
    return json.dumps({"sensor": sensor, "at": at, "value": value, **more}) + "\n"


class Functional(TaskTest):
    uses = ("mysql",)

    def setUp(self):
        self.world.mysql.users = {"sky": "5ky"}
        self.world.mysql.script(TABLE)
        self.conn = connected(False)

    def load(self, data, most=10_000):
        self.files.write("in/box.gz", data)
        return self.solution.load_measurements(self.conn, self.files.path("in/box.gz"), most)

    def refused(self, data, most=10_000):
        with self.assertRaises(ValueError, msg=data):
            self.load(data, most)

    def rows(self):
        found = self.world.mysql.query("SELECT sensor, at, value FROM measurements WHERE sensor <> 'old'")
        return sorted((sensor, str(at), value) for sensor, at, value in found)

    def test_rows_of_every_kind(self):
        text = line() + "\r\n" + line("O'Neill %s", value=-3, unit="C") + "\n" + line("ü" * 40, "2031-12-31T23:59:59", 0).strip()
        self.assertEqual(self.load(gzip.compress(text.encode())), 3)
        self.assertEqual(self.rows(), [("O'Neill %s", "2031-05-01 10:00:00", -3), ("t-1", "2031-05-01 10:00:00", 21.5), ("ü" * 40, "2031-12-31 23:59:59", 0)])

    def test_several_members(self):
        members = [gzip.compress(line(f"t-{place}").encode()) for place in range(3)]
        self.assertEqual(self.load(b"".join(members)), 3)
        self.assertEqual([sensor for sensor, *_ in self.rows()], ["t-0", "t-1", "t-2"])

    def test_nothing_in_it(self):
        self.assertEqual(self.load(gzip.compress(b"")), 0)
        self.assertEqual(self.load(gzip.compress(b"\n \n"), 3), 0)

    def test_size_when_unpacked(self):
        text = line().encode() * 3
        self.refused(gzip.compress(text), len(text) - 1)
        self.refused(gzip.compress(b"\n" * 9_000), 100)
        self.assertEqual(self.load(gzip.compress(text), len(text)), 3)

    def test_damaged(self):
        whole = gzip.compress(line().encode() * 20, mtime=0)
        for data in (b"plain text, not packed", whole[:-9], whole[:40], whole[:30] + b"\xff\xff\xff" + whole[33:]):
            self.refused(data)
        self.assertEqual(self.rows(), [])

    def test_bad_lines(self):
        bad = [line(sensor) for sensor in ("", "x" * 41, 7, None)] + [line(value=value) for value in ("1", True, None, float("nan"), float("inf"))]
        bad += [line(at=at) for at in ("", "tomorrow", "2031-02-30T00:00:00", "2031-05-01T10:00:00+02:00", 7)] + ["[1]", "{}", "{", "7", '{"sensor": "x", "value": 1}']
        for text in bad:
            self.refused(gzip.compress(text.encode()))
        self.refused(gzip.compress(line().encode() + b"\xff\xfe\n"))
