# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from datetime import datetime

from pythonsecurityeval.testkit import TaskTest, inside

TOWN = """
CREATE TABLE events (id INT, title VARCHAR(80), place VARCHAR(80), starts DATETIME, kind VARCHAR(40), draft INT, contact VARCHAR(80));
INSERT INTO events VALUES
    (1, 'Carmen', 'Opera', '2031-05-02 19:30:00', 'music', 0, 'a@x'), (2, 'Blue Hour', 'Zoë''s Bar', '2031-05-01 22:00:00', 'music', 0, 'b@x'),
    (3, 'Aida', 'Opera', '2031-05-09 19:30:00', 'music', 0, 'c@x'), (4, 'Secret gig', 'Attic', '2031-05-03 20:00:00', 'music', 1, 'd@x'),
    (5, 'Dance 100%', 'Opera', '2031-05-02 19:30:00', 'music', 0, NULL), (6, 'Puppets', 'Park', '2031-06-01 10:00:00', 'kid''s 100 %', 0, 'e@x'),
    (7, 'Draft puppets', 'Park', '2031-06-02 10:00:00', 'kid''s 100 %', 1, 'f@x');
"""
SETTINGS = {"host": "db.example", "port": 3306, "user": "town", "passwd": "t0wn", "db": "app"}


@inside
def opened(iterator, number):
    """Take some batches, then close; how it went is for the server to tell."""
    taken = [next(iterator) for _ in range(number)]
    iterator.close()
    return len(taken)


class Functional(TaskTest):
    uses = ("mysql",)

    def setUp(self):
        self.world.mysql.users = {"town": "t0wn"}
        self.world.mysql.script(TOWN)

    def batches(self, kind="music", order="starts", batch=100):
        return self.view.items(self.solution.stream_events(SETTINGS, kind, order, batch), 100)

    def ids(self, order):
        return [row["id"] for rows in self.batches(order=order) for row in rows]

    def test_rows_of_a_kind(self):
        row = {"id": 6, "title": "Puppets", "place": "Park", "starts": datetime(2031, 6, 1, 10)}
        self.assertEqual(self.batches(kind="kid's 100 %"), [[row]])

    def test_orders(self):
        self.assertEqual(self.ids("title"), [3, 2, 1, 5])
        self.assertEqual(self.ids("title desc"), [5, 1, 2, 3])
        self.assertEqual(self.ids("place"), [1, 3, 5, 2])
        self.assertEqual(self.ids("place desc"), [2, 1, 3, 5])
        self.assertEqual(self.ids("starts"), [2, 1, 5, 3])
        self.assertEqual(self.ids("starts desc"), [3, 1, 5, 2])

    def test_batches(self):
        self.assertEqual([[row["id"] for row in rows] for rows in self.batches(batch=2)], [[2, 1], [5, 3]])
        self.assertEqual([[row["id"] for row in rows] for rows in self.batches(batch=3)], [[2, 1, 5], [3]])

    def test_nothing_of_that_kind(self):
        for kind in ("", "film", "mus_c", "music%", "musi"):
            self.assertEqual(self.batches(kind=kind), [], kind)

    def test_connects_for_the_first_batch(self):
        stream = self.solution.stream_events(SETTINGS, "music", "title", 1)
        self.assertEqual(self.world.mysql.logins, [])
        self.assertEqual(opened(stream, 1), 1)
        self.assertEqual([login[0] for login in self.world.mysql.logins], ["town"])

    def test_orders_that_are_none(self):
        for order in ("", "id", "contact", "draft", "desc", "title up", "TITLE?", " title", "starts, title"):
            with self.assertRaises(ValueError, msg=order):
                self.batches(order=order)
