# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import json

from pythonsecurityeval.testkit import TaskTest

PORT = 7001


def framed(message):
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    return len(data).to_bytes(4, "big") + data


class Functional(TaskTest):
    uses = ("net",)

    def setUp(self):
        self.solution.start("serve", PORT)

    def dial(self):
        line = self.world.net.dial(PORT)
        line.settimeout(1)
        return line, line.makefile("rb")

    def ask(self, client, message):
        """The answer to one request; None if the server hung up."""
        line, replies = client
        line.sendall(framed(message))
        return self.reply(replies)

    def reply(self, replies):
        head = replies.read(4)
        return json.loads(replies.read(int.from_bytes(head, "big"))) if head else None

    def test_put_and_get(self):
        client = self.dial()
        for name, value in (("t1", 20.5), ("", None), ("\u00fc", {"a": [1, "\U0001f511", {}]}), ("t1", False)):
            self.assertEqual(self.ask(client, {"do": "put", "name": name, "value": value}), {"ok": True})
            self.assertEqual(self.ask(client, {"do": "get", "name": name}), {"ok": True, "value": value})

    def test_shared_by_clients(self):
        first, second = self.dial(), self.dial()
        self.ask(first, {"do": "put", "name": "p", "value": 1013})
        self.assertEqual(self.ask(second, {"do": "get", "name": "p"}), {"ok": True, "value": 1013})
        self.ask(second, {"do": "put", "name": "p", "value": 990})
        self.assertEqual(self.ask(first, {"do": "get", "name": "p"}), {"ok": True, "value": 990})

    def test_requests_without_waiting(self):
        line, replies = self.dial()
        puts = b"".join(framed({"do": "put", "name": f"n{i}", "value": i}) for i in range(20))
        data = puts + b"".join(framed({"do": "get", "name": f"n{i}"}) for i in range(20))
        for place in range(0, len(data), 37):
            line.sendall(data[place : place + 37])
        answers = [self.reply(replies) for _ in range(40)]
        self.assertEqual(answers, [{"ok": True}] * 20 + [{"ok": True, "value": i} for i in range(20)])

    def test_no_sense(self):
        client = self.dial()
        for message in (
            *({"do": "get", "name": "nobody"}, {"do": "put", "name": "x"}, {"do": "put", "name": 5, "value": 1}),
            *({"do": "drop", "name": "x", "value": 1}, {"name": "x"}, {"do": "get", "name": ["x"]}, {}, [], "get", 7, None),
        ):
            self.assertEqual(self.ask(client, message), {"ok": False}, message)
        self.assertEqual(self.ask(client, {"do": "get", "name": "x"}), {"ok": False})

    def test_not_json(self):
        for data in (b"", b"{", b"put t1", b'{"do": "get"} x', b'"\xff"'):
            client = self.dial()
            self.assertIsNone(self.ask(client, data), data)
        self.assertEqual(self.ask(self.dial(), {"do": "get", "name": "x"}), {"ok": False})

    def test_longest_message(self):
        client = self.dial()
        empty = len(json.dumps({"do": "put", "name": "x", "value": ""}))
        value = "v" * (65_536 - empty)
        self.assertEqual(self.ask(client, {"do": "put", "name": "x", "value": value}), {"ok": True})
        self.assertEqual(self.ask(client, {"do": "get", "name": "x"}), {"ok": True, "value": value})

    def test_a_hundred_names(self):
        client = self.dial()
        for i in range(100):
            self.assertEqual(self.ask(client, {"do": "put", "name": f"n{i}", "value": i}), {"ok": True})
        self.assertEqual(self.ask(client, {"do": "put", "name": "one more", "value": 1}), {"ok": False})
        self.assertEqual(self.ask(client, {"do": "put", "name": "n7", "value": 8}), {"ok": True})
        answers = [self.ask(client, {"do": "get", "name": name}) for name in ("one more", "n7", "n99")]
        self.assertEqual(answers, [{"ok": False}, {"ok": True, "value": 8}, {"ok": True, "value": 99}])
