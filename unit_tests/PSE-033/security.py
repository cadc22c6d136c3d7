# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import base64
import itertools
import zlib

from pythonsecurityeval.testkit import TaskTest, attack


def called(function, argument):
    """A pickle that calls a function, given as "module name", with a text."""
    module, name = function.split()
    return f"c{module}\n{name}\n(V{argument}\ntR.".encode()


def reached(argument):
    """A pickle that asks for nothing outside the module datetime, and gets at os.mkdir from there."""
    lookup, modules = (
        b"\x8c\x08datetime" + b"\x8c" + bytes([len(name)]) + name + b"\x93"
        for name in (b"date.__class__.__base__.__getattribute__", b"sys.modules.get")
    )
    text = argument.encode()
    return b"\x80\x04%b%b\x8c\x02os\x85R\x8c\x05mkdir\x86R\x8c%c%b\x85R." % (lookup, modules, len(text), text)


def spellings(pickled):
    """The ways in which bytes are kept in a text column."""
    coded = base64.b64encode(pickled)
    yield from (pickled, coded, coded.decode(), base64.urlsafe_b64encode(pickled).decode(), pickled.hex())
    yield from (pickled.decode("latin-1"), repr(pickled), base64.b85encode(pickled).decode())
    yield base64.b64encode(zlib.compress(pickled)).decode()


class Security(TaskTest):
    def setUp(self):
        self.numbers = itertools.count()

    def arrives(self, data):
        """The sync job has put `data` into a row, and the user's settings are asked for."""
        written = f"X'{data.hex()}'" if isinstance(data, bytes) else "'" + data.replace("'", "''") + "'"
        script = f"CREATE TABLE preferences (user TEXT PRIMARY KEY, data TEXT); INSERT INTO preferences VALUES ('eve', {written})"
        store = self.solution.PreferenceStore(self.files.sqlite(f"{next(self.numbers)}.db", script))
        self.attempt(self.view.invoke, store, "load", "eve")
        self.assertFalse(self.files.exists("owned"), data)
        self.assertEqual(self.world.shell.started, [], data)

    @attack("CWE-502")
    def test_row_that_makes_a_directory(self):
        for data in spellings(called("os mkdir", self.files.path("owned"))):
            self.arrives(data)

    @attack("CWE-502")
    def test_row_that_starts_a_program(self):
        for data in spellings(called("posix system", "touch owned")):
            self.arrives(data)

    @attack("CWE-502")
    def test_row_of_builtins_only(self):
        for data in spellings(called("builtins exec", f"import os; os.mkdir({self.files.path('owned')!r})")):
            self.arrives(data)

    @attack("CWE-502")
    def test_row_that_reaches_out_of_an_allowed_module(self):
        for data in spellings(reached(self.files.path("owned"))):
            self.arrives(data)

    @attack("CWE-502")
    def test_row_in_other_languages_with_objects(self):
        path = self.files.path("owned")
        self.arrives(f"!!python/object/apply:os.mkdir ['{path}']")
        self.arrives(f"__import__('os').mkdir({path!r})")
        self.arrives(f'{{"py/reduce": [{{"py/function": "posix.mkdir"}}, {{"py/tuple": ["{path}"]}}]}}')

    @attack("CWE-732")
    def test_file_is_the_owners_alone(self):
        store = self.solution.PreferenceStore(self.files.path("prefs.db"))
        self.attempt(self.view.invoke, store, "save", "ada", {"diary": "private"})
        for name in self.files.tree():
            self.assertEqual(self.files.mode(name) & 0o077, 0, name)
