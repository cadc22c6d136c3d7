# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def said_of(self, *texts):
        return {text: self.solution.is_address(text) for text in texts}

    def all_are(self, verdict, *texts):
        self.assertEqual(self.said_of(*texts), dict.fromkeys(texts, verdict))

    def test_ordinary_addresses(self):
        self.all_are(True, "ada@example.org", "a@b.co", "Ada.Love-Lace+news@mail.Example.ORG", "x_1@1a.2b.museum")

    def test_every_character_of_an_atom(self):
        self.all_are(True, *(f"a{char}b@example.org" for char in "!#$%&'*+-/=?^_`{|}~"), "''@example.org")

    def test_characters_that_are_none(self):
        self.all_are(False, *(f"a{char}b@example.org" for char in ' "(),:;<>@[\\]\t'))
        self.all_are(False, *(f"a@exa{char}mple.org" for char in ' _"(),:;<>@[\\]/+!'))

    def test_dots_in_the_local_part(self):
        self.all_are(True, "a.b.c@example.org")
        self.all_are(False, ".a@example.org", "a.@example.org", "a..b@example.org", "@example.org", ".@example.org")

    def test_labels_of_the_domain(self):
        self.all_are(True, "a@x-y.org", "a@x--y.org", "a@x.y.z.org")
        self.all_are(False, "a@-x.org", "a@x-.org", "a@x..org", "a@.org", "a@x.org.", "a@org", "a@", "a")

    def test_last_label(self):
        self.all_are(False, "a@example.c", "a@example.c0m", "a@10.0.0.1", "a@example.x-y")

    def test_lengths(self):
        long = ".".join(["d" * 49] * 5)
        self.all_are(True, "l" * 64 + "@example.org", f"a@{'x' * 63}.org", f"a@{long}.org", f"a@x.{'y' * 63}")
        self.all_are(False, "l" * 65 + "@example.org", f"a@{'x' * 64}.org", f"a@{long}.{'e' * 4}", f"a@x.{'y' * 64}")
