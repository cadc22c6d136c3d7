# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest

RD = 0x0100
A_IN = b"\x00\x01\x00\x01"


def head(count=1, flags=RD, ident=0xBEEF, others=(0, 0, 0)):
    return b"".join(number.to_bytes(2, "big") for number in (ident, flags, count, *others))


def wire(*labels):
    return b"".join(bytes([len(label)]) + label for label in labels)


def asks(*labels):
    return head() + wire(*labels) + b"\0" + A_IN


class Functional(TaskTest):
    def names(self, packet):
        return [name for name, _, _ in self.solution.parse_query(packet)["questions"]]

    def refused(self, *packets):
        for packet in packets:
            with self.assertRaises(ValueError):
                self.solution.parse_query(packet)

    def test_all_of_one_question(self):
        query = self.solution.parse_query(head() + wire(b"www", b"Example", b"org") + b"\0\x01\x1c\xff\xfe")
        self.assertEqual(set(query), {"id", "recursion_desired", "questions"})
        self.assertEqual((query["id"], query["recursion_desired"]), (0xBEEF, True))
        self.assertEqual([tuple(question) for question in query["questions"]], [("www.Example.org", 0x011C, 0xFFFE)])

    def test_flags(self):
        for flags, desired in ((0, False), (0x0100, True), (0x06FF, False), (0x07FF, True)):
            query = self.solution.parse_query(head(flags=flags) + wire(b"a") + b"\0" + A_IN)
            self.assertIs(query["recursion_desired"], desired, hex(flags))

    def test_what_is_no_plain_query(self):
        self.refused(*(head(flags=flags) + wire(b"a") + b"\0" + A_IN for flags in (0x8000, 0x8180, 0x0800, 0x1000, 0x2000, 0x4000)))

    def test_pointers_among_several_questions(self):
        first = head(5) + wire(b"www", b"lab", b"example") + b"\0\x00\x0f\x00\x01"  # the names begin at 12, 16 and 20
        others = wire(b"mail") + b"\xc0\x10\x00\x1c\x00\x03" + b"\xc0\x0c\x00\x02\x00\x01"  # at 33, and at 44
        query = self.solution.parse_query(first + others + wire(b"x") + b"\xc0\x21" + A_IN + b"\xc0\x2c" + A_IN)
        self.assertEqual(
            [tuple(question) for question in query["questions"]],
            [
                ("www.lab.example", 15, 1),
                ("mail.lab.example", 28, 3),
                ("www.lab.example", 2, 1),
                ("x.mail.lab.example", 1, 1),
                ("www.lab.example", 1, 1),
            ],
        )

    def test_pointer_with_a_large_offset(self):
        filler = b"".join(wire(b"f" * 63, b"f" * 63) + b"\0" + A_IN for _ in range(8))
        packet = head(10) + filler + wire(b"far") + b"\0" + A_IN + bytes([0xC0 | (12 + len(filler)) >> 8, (12 + len(filler)) & 255]) + A_IN
        self.assertEqual(self.names(packet)[8:], ["far", "far"])

    def test_root_and_pointer_to_it(self):
        self.assertEqual(self.names(head(2) + b"\0" + A_IN + b"\xc0\x0c" + A_IN), [".", "."])

    def test_bytes_that_are_written_as_numbers(self):
        self.assertEqual(self.names(asks(b"a b*", b"-x_9Z", b"\0\t\\")), [r"a\032b\042.-x_9Z.\000\009\092"])
        self.assertEqual(self.names(asks(b"\x7f\xc3\xa9\xff~/")), [r"\127\195\169\255\126\047"])

    def test_number_of_questions(self):
        self.assertEqual(self.names(head(32) + (wire(b"a") + b"\0" + A_IN) * 32), ["a"] * 32)
        self.refused(head(0), head(33) + (wire(b"a") + b"\0" + A_IN) * 33)

    def test_what_follows_is_ignored(self):
        packet = head(others=(1, 0, 7)) + wire(b"a") + b"\0" + A_IN
        for behind in (b"\0\0\x29\x10\0\0\0\0\0\0\0", b"\xc0\xff", b"?"):
            self.assertEqual(self.names(packet + behind), ["a"])

    def test_lengths_of_labels_and_names(self):
        long = b"l" * 63
        self.assertEqual(self.names(asks(long)), ["l" * 63])
        self.assertEqual(self.names(asks(long, long, long, b"l" * 61)), [".".join(["l" * 63] * 3 + ["l" * 61])])
        self.refused(asks(long, long, long, b"l" * 62), asks(long, long, long, long, b"x"))
        self.refused(asks(b"l" * 64), asks(b"l" * 100), asks(b"l" * 128), asks(b"l" * 191))

    def test_packet_without_a_whole_question(self):
        self.refused(b"", head()[:5], head()[:11], asks(b"a")[:-1], asks(b"a")[:-4])
