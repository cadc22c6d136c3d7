# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def line(self, query, address="10.1.2.3"):
        return f'{address} - - [02/May/2031:18:00:00 +0000] "GET /shop?{query} HTTP/1.1" 200 512'

    def found(self, *queries):
        hits = self.solution.sql_attempts([self.line(query) for query in queries])
        return [tuple(hit) for hit in hits]

    def all_reported(self, *values):
        for value in values:
            self.assertEqual(self.found(f"page=2&name={value}&x=1"), [(1, "10.1.2.3")], value)

    def none_reported(self, *values):
        for value in values:
            self.assertEqual(self.found(f"name={value}"), [], value)

    def test_numbers_and_addresses(self):
        bad = "a=1+union+select+2"
        lines = [self.line("a=1"), self.line(bad, "10.9.9.9"), "rubbish", self.line(bad + "&" + bad, "2001:db8::7"), ""]
        self.assertEqual([tuple(hit) for hit in self.solution.sql_attempts(lines)], [(2, "10.9.9.9"), (4, "2001:db8::7")])
        self.assertEqual(self.solution.sql_attempts([]), [])

    def test_union(self):
        self.all_reported("1+union+select+pin", "1%20UNION%0A%09All%20Select%201", "x)union/**/select(1)", "1/*a*/union/*b*//*c*/+all/**/select+1")

    def test_quote_and_word(self):
        self.all_reported("x%27or+1=1", "x%27+OR+1", "%22%20and%201", "x'or'1", "%27/*or*/or+1")

    def test_semicolon_and_word(self):
        self.all_reported("1;drop+table+x", "1%3B+Delete+from+x", "1;%0Ainsert", ";/*x*/update+y")

    def test_decoded_twice(self):
        self.all_reported("1%2520union%252520".replace("252520", "2520") + "select", "x%2527+or+1", "1%2Bunion%2Bselect", "1%253Bdrop")
        self.none_reported("x%252527+or+1")

    def test_harmless_values(self):
        self.none_reported("O'Hara", "o'order", "rock+%27n%27+roll", "reunion+select", "union+selected", "union+square", "x;updates", "unionselect", "drop+delete", "union+/*+select", "")

    def test_names_and_paths_do_not_matter(self):
        self.assertEqual(self.found("1+union+select=1", "a"), [])
        plain = '10.1.2.3 - - [02/May/2031:18:00:00 +0000] "GET /union+select HTTP/1.1" 200 512'
        self.assertEqual(self.solution.sql_attempts([plain]), [])
