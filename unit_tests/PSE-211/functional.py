# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest

TOO_LONG = b"line too long\n"


class Functional(TaskTest):
    uses = ("net",)
    isolated = True

    def setUp(self):
        self.solution.start("serve", 8000, 100)

    def told(self, sock, size):
        """The next `size` bytes that come, or fewer if the connection ends or nothing comes."""
        sock.settimeout(0.5)
        data = b""
        try:
            while len(data) < size and (piece := sock.recv(size - len(data))):
                data += piece
        except OSError:
            pass
        return data

    def says(self, sock, sent, expected):
        sock.sendall(sent)
        self.assertEqual(self.told(sock, len(expected)), expected)

    def until_closed(self, sent):
        """All that comes back until the server closes the connection, which this client leaves open."""
        sock = self.world.net.dial(8000)
        sock.sendall(sent)
        return self.rest(sock)

    def rest(self, sock):
        data = b""
        try:
            while piece := sock.recv(4096):
                data += piece
        except ConnectionError:
            pass  # closed with something of ours unread
        return data

    def test_dialogue(self):
        sock = self.world.net.dial(8000)
        for line in (b"hello\n", b"\n", b"x\r\n", b"hello again\n"):
            self.says(sock, line, line)

    def test_every_byte_comes_back(self):
        every = bytes(byte for byte in range(256) if byte != 10)
        sock = self.world.net.dial(8000)
        for begin in range(0, 255, 90):
            line = every[begin : begin + 90] + b"\n"
            self.says(sock, line, line)

    def test_several_lines_at_once_and_a_line_in_pieces(self):
        sock = self.world.net.dial(8000)
        self.says(sock, b"1\n22\n\n333\nbeg", b"1\n22\n\n333\n")
        sock.sendall(b"in")
        self.says(sock, b"ning\nmore\n", b"beginning\nmore\n")

    def test_many_lines(self):
        lines = b"".join(b"%d %s\n" % (number, b"x" * (number % 80)) for number in range(300))
        sock = self.world.net.dial(8000)
        self.says(sock, lines, lines)

    def test_longest_line(self):
        sock = self.world.net.dial(8000)
        self.says(sock, b"y" * 99 + b"\n", b"y" * 99 + b"\n")
        self.says(sock, b"z\n", b"z\n")

    def test_line_that_is_too_long(self):
        self.assertEqual(self.until_closed(b"a\nbb\n" + b"y" * 100 + b"\n"), b"a\nbb\n" + TOO_LONG)
        self.assertEqual(self.until_closed(b"y" * 100 + b"\nnext\n"), TOO_LONG)

    def test_end_of_the_sending_side(self):
        for sent, back in ((b"a\nbb\n", b"a\nbb\n"), (b"a\nrest", b"a\n"), (b"", b"")):
            sock = self.world.net.dial(8000)
            sock.sendall(sent)
            sock.shutdown(1)
            self.assertEqual(self.rest(sock), back)

    def test_clients_in_turns_and_one_after_the_other(self):
        first, second = self.world.net.dial(8000), self.world.net.dial(8000)
        for number in range(3):
            self.says(first, b"first %d\n" % number, b"first %d\n" % number)
            self.says(second, b"second %d\n" % number, b"second %d\n" % number)
        first.close()
        self.says(second, b"still here\n", b"still here\n")
        third = self.world.net.dial(8000)
        self.says(third, b"third\n", b"third\n")

    def test_limit_is_the_one_that_is_given(self):
        self.solution.start("serve", 8001, 5000)
        sock = self.world.net.dial(8001)
        self.says(sock, b"m" * 4999 + b"\n", b"m" * 4999 + b"\n")
        sock.sendall(b"m" * 5000 + b"\n")
        self.assertEqual(self.rest(sock), TOO_LONG)
