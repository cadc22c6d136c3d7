# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import io
import tarfile

from pythonsecurityeval.testkit import TaskTest

THEME = {"theme.json": b"{}", "css/main.css": b"body {}", "css/fonts/a.woff": b"\x00\x01"}


def packed(files, mode="w", rights=0o600):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), rights
            if name.endswith("/"):
                member.type, member.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


class Functional(TaskTest):
    def setUp(self):
        self.themes = self.files.mkdir("themes")

    def unpack(self, name, data, max_bytes=10_000):
        return self.solution.unpack_theme(self.files.write("up/" + name, data), self.themes, max_bytes)

    def test_files_and_folders(self):
        names = self.unpack("night.tar", packed(THEME))
        self.assertEqual(names, ["css/fonts/a.woff", "css/main.css", "theme.json"])
        self.assertEqual(self.files.tree("themes/night"), names)
        self.assertEqual(self.files.read("themes/night/css/main.css"), b"body {}")

    def test_folders_of_their_own(self):
        archive = packed({"./css/": b"", "img/deep/x.png": b"x", "css/": b"", "css/a.css": b"a", "empty/": b""})
        self.assertEqual(self.unpack("day.tar", archive), ["css/a.css", "img/deep/x.png"])
        self.assertEqual(self.files.tree("themes/day"), ["css/a.css", "empty/", "img/deep/x.png"])

    def test_compressed_and_dots_in_the_name(self):
        for archive, folder in (("a.tar.gz", "a"), ("b.v1.2.tgz", "b.v1.2")):
            self.unpack(archive, packed(THEME, "w:gz"))
            self.assertEqual(self.files.read(f"themes/{folder}/theme.json"), b"{}")

    def test_rights(self):
        for rights in (0o600, 0o777):
            self.unpack(f"r{rights}.tar", packed({"x.css": b"x"}, rights=rights))
            self.assertEqual(self.files.mode(f"themes/r{rights}/x.css"), 0o644)

    def test_limit_on_the_sum(self):
        files = {"a": b"x" * 60, "b": b"y" * 60}
        self.assertEqual(self.unpack("fits.tar", packed(files), 120), ["a", "b"])
        with self.assertRaises(ValueError):
            self.unpack("big.tar", packed(files), 119)
        self.assertEqual(self.files.tree("themes"), ["fits/a", "fits/b"])

    def test_unreadable_archive_leaves_nothing(self):
        whole = packed({"a": b"x" * 5000}, "w:gz")
        for name, data in (("text.tar", b"hello " * 200), ("torn.tar.gz", whole[: len(whole) // 2])):
            with self.assertRaises(ValueError):
                self.unpack(name, data)
        self.assertEqual(self.files.tree("themes"), [])

    def test_theme_that_is_there_stays(self):
        self.files.write("themes/night/theme.json", "mine")
        with self.assertRaises(FileExistsError):
            self.unpack("night.tar", packed(THEME))
        self.assertEqual(self.files.tree("themes/night"), ["theme.json"])
        self.assertEqual(self.files.text("themes/night/theme.json"), "mine")
