# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest

SHOP = r"""
CREATE TABLE fruit (sku TEXT, stock, "what they say" TEXT);
INSERT INTO fruit (rowid, sku, stock, "what they say") VALUES
    (9, 'pear', 7, 'O''Brien: "100%"'), (2, 'apple pie', 2.5, NULL), (5, '', NULL, 'größer € 😀'), (12, 'x', -1200, 'C:\new'), (13, 'y', 'some', x'00ff07');
CREATE TABLE "late orders" (note TEXT);
INSERT INTO "late orders" VALUES ('one
two	three'), ('');
CREATE TABLE bare (a TEXT, bee INTEGER);
"""


class Functional(TaskTest):
    def printed(self, table):
        self.solution.print_table(self.files.sqlite("shop.db", SHOP), table)
        return self.solution.stdout

    def test_aligned(self):
        self.assertEqual(
            self.printed("fruit").split("\n"),
            [
                "sku        stock  what they say",
                "apple pie    2.5  -",
                "           -      größer € 😀",
                'pear           7  O\'Brien: "100%"',
                r"x          -1200  C:\new",
                "y          some   <3 bytes>",
                "",
            ],
        )

    def test_line_breaks_and_tabs(self):
        self.assertEqual(self.printed("late orders").split("\n"), ["note", r"one\ntwo\tthree", "", ""])

    def test_table_without_rows(self):
        self.assertEqual(self.printed("bare"), "a  bee\n")

    def test_width_is_that_of_what_is_shown(self):
        script = "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('1' || char(10), 'x'), ('12', 'y')"
        self.solution.print_table(self.files.sqlite("other.db", script), "t")
        self.assertEqual(self.solution.stdout, "a    b\n1\\n  x\n12   y\n")
