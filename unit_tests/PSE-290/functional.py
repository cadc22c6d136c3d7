# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import base64

from pythonsecurityeval.testkit import TaskTest


def encoded(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


class Functional(TaskTest):
    def credentials(self, value, header="Authorization"):
        return tuple(self.solution.basic_credentials({"Host": "api.example", header: value, "X-Authorization": "Basic eDp5"}))

    def refuses(self, *values):
        for value in values:
            with self.assertRaises(ValueError):
                self.fail(f"{value!r} gives {self.credentials(value)}")

    def test_name_and_password(self):
        self.assertEqual(self.credentials("Basic QWRhOnBlYXI="), ("Ada", "pear"))
        self.assertEqual(self.credentials("Basic " + encoded("a?b>c:~~~???")), ("a?b>c", "~~~???"))

    def test_colons_in_the_password(self):
        self.assertEqual(self.credentials("Basic QWRhOnBlYXI6NQ=="), ("Ada", "pear:5"))
        self.assertEqual(self.credentials("Basic " + encoded("Ada:::")), ("Ada", "::"))

    def test_empty_parts(self):
        self.assertEqual(self.credentials("Basic " + encoded(":pear")), ("", "pear"))
        self.assertEqual(self.credentials("Basic " + encoded("Ada:")), ("Ada", ""))
        self.assertEqual(self.credentials("Basic Og=="), ("", ""))

    def test_letters_beyond_ascii(self):
        self.assertEqual(self.credentials("Basic " + encoded("Zoë:Käse 世界\n")), ("Zoë", "Käse 世界\n"))

    def test_header_in_any_spelling(self):
        for header in ("authorization", "AUTHORIZATION", "AuthorizatioN"):
            self.assertEqual(self.credentials("Basic QWRhOnBlYXI=", header), ("Ada", "pear"))

    def test_scheme_in_any_spelling(self):
        for scheme in ("basic ", "BASIC ", "bAsIc    "):
            self.assertEqual(self.credentials(scheme + "QWRhOnBlYXI="), ("Ada", "pear"))

    def test_no_header(self):
        for headers in ({}, {"Host": "api.example", "Proxy-Authorization": "Basic QWRhOnBlYXI="}):
            with self.assertRaises(ValueError):
                self.solution.basic_credentials(headers)

    def test_another_scheme(self):
        self.refuses("Bearer QWRhOnBlYXI=", "QWRhOnBlYXI=", "Basically QWRhOnBlYXI=", "BasicQWRhOnBlYXI=", "", "Basic", "Basic ")

    def test_not_base64(self):
        self.refuses("Basic QWRh!OnBlYXI=", "Basic QWRhOnBl YXI=", "Basic Ada:pear", "Basic QWRhOnBlYXI=,x")
        self.refuses("Basic YT9iPmM6fn5-Pz8_")

    def test_wrong_padding(self):
        self.refuses("Basic QWRhOnBlYXI", "Basic QWRhOnBlYXI6NQ=", "Basic QWRhOnBlYXI6NQ")

    def test_not_utf8(self):
        self.refuses("Basic " + encoded("Zoë:x".encode("latin-1")), "Basic " + encoded(b"Ada:\xff"))

    def test_no_colon(self):
        self.refuses("Basic " + encoded("Ada"), "Basic " + encoded("Ada pear"))
