# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest, attack

A_IN = b"\x00\x01\x00\x01"


def head(count=1):
    return b"\x12\x34\x01\x00" + count.to_bytes(2, "big") + bytes(6)


def wire(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels)


def to(offset):
    return (0xC000 | offset).to_bytes(2, "big")


class Security(TaskTest):
    def dropped(self, *packets):
        """Each is refused in the one way that the loop knows of."""
        for packet in packets:
            value, error = self.attempt(self.solution.parse_query, packet)
            self.assertIsNone(value, packet[:40])
            self.assertTrue(error.is_a(ValueError), f"{error.name} for {packet[:40]}")

    @attack("CWE-835", resource=True)
    def test_pointer_into_its_own_name(self):
        self.dropped(
            head() + wire(b"www") + to(12) + A_IN,
            head() + wire(b"a", b"b", b"c") + to(14) + A_IN,
            head(2) + wire(b"a") + b"\0" + A_IN + wire(b"b") + to(19) + A_IN,
        )

    @attack("CWE-835", resource=True)
    def test_pointers_to_themselves_and_each_other(self):
        self.dropped(head() + to(12) + A_IN, head() + wire(b"a") + to(14) + A_IN, head() + to(14) + to(12) + A_IN)

    @attack("CWE-248")
    def test_packet_that_ends_within_a_name(self):
        packet = head() + wire(b"www", b"example")
        self.dropped(*(packet[:length] for length in range(12, len(packet) + 1)))
        self.dropped(packet + b"\xc0", packet + b"\x3f" + b"x" * 62, packet + to(12)[:1], head(2) + b"\0" + A_IN, head(2) + b"\0" + A_IN + b"\x05ab")

    @attack("CWE-823")
    def test_pointer_out_of_the_packet(self):
        self.dropped(*(head() + wire(b"a") + to(offset) + A_IN for offset in (20, 21, 0x100, 0x3FFF)))

    @attack("CWE-130")
    def test_label_that_goes_beyond_the_end(self):
        """A length that is larger than what is left, met by a pointer to the middle of an earlier label."""
        for length in (40, 63):
            first = wire(b"a" + bytes([length]) + b"b") + b"\0" + A_IN
            self.dropped(head(2) + first + to(14) + A_IN, head(2) + first + wire(b"c") + to(14) + A_IN)

    @attack("CWE-674")
    def test_long_chain_of_pointers(self):
        """They stand in labels of the first questions, each leading to the one before; it is a name or it is dropped."""
        packet = head(32) + b"\0" + A_IN
        last = 12
        for _ in range(30):
            for length in (62, 62, 62, 60):
                packet += bytes([length])
                for _ in range(length // 2):
                    last, packet = len(packet), packet + to(last)
            packet += b"\0" + A_IN
        value, error = self.attempt(self.solution.parse_query, packet + to(last) + A_IN)
        self.assertTrue(error is None or error.is_a(ValueError), error and error.name)
        self.assertTrue(error or value["questions"][31][0] == ".")

    @attack("CWE-770")
    def test_name_that_pointers_make_longer_than_names_are(self):
        packet, start = head(8), 12
        packet += wire(b"x" * 60) + b"\0" + A_IN
        for _ in range(7):
            last, start = start, len(packet)
            packet += wire(b"x" * 60) + to(last) + A_IN
        self.dropped(packet)

    @attack("CWE-116")
    def test_label_that_reads_like_several(self):
        for label, said in (
            (b"www.bank", r"www\046bank"),
            (b".", r"\046"),
            (b"a.", r"a\046"),
            (b"a\\046b", r"a\092046b"),
            (b"a\n.b", r"a\010\046b"),
            (b"\xb2\xe9", r"\178\233"),
        ):
            value, error = self.attempt(self.solution.parse_query, head() + wire(label, b"example") + b"\0" + A_IN)
            self.assertTrue(error or value["questions"][0][0] == said + ".example", label)
