# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import io
import tarfile

from pythonsecurityeval.testkit import TaskTest, attack


def packed(*members, mode="w"):
    """An archive of (name, what): bytes for a file, else a tuple of the member's type and where it links to."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        for name, what in members:
            member = tarfile.TarInfo(name)
            if isinstance(what, bytes):
                member.size = len(what)
                tar.addfile(member, io.BytesIO(what))
            else:
                member.type, member.linkname = what
                tar.addfile(member)
    return out.getvalue()


class Security(TaskTest):
    def setUp(self):
        self.themes = self.files.mkdir("themes")
        self.canary = self.files.write("shop/config.ini", "key=42")

    def unpack(self, *members):
        archive = self.files.write("up/t.tar", packed(*members))
        self.attempt(self.solution.unpack_theme, archive, self.themes, 10_000)

    def assert_untouched(self):
        self.assertEqual(self.files.text("shop/config.ini"), "key=42")
        outside = [name for name in self.files.tree() if not name.startswith("themes/t/")]
        self.assertEqual([name for name in outside if "evil" in name], [])

    @attack("CWE-22")
    def test_name_that_climbs(self):
        for name in ("../evil.css", "../../evil.css", "css/../../../shop/config.ini", "./../evil", "../t.bak/evil"):
            self.unpack(("theme.json", b"{}"), (name, b"key=evil"))
            self.assert_untouched()

    @attack("CWE-22")
    def test_absolute_name(self):
        self.unpack((self.canary, b"key=evil"))
        self.assert_untouched()
        self.unpack((self.files.path("shop/evil"), b"x"))
        self.assert_untouched()

    @attack("CWE-59")
    def test_file_through_a_folder_that_is_a_link(self):
        for target in ("../../shop", self.files.path("shop")):
            self.unpack(("css", (tarfile.SYMTYPE, target)), ("css/config.ini", b"key=evil"), ("css/evil", b"x"))
            self.assert_untouched()

    @attack("CWE-59")
    def test_file_over_a_link(self):
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            self.unpack(("a", (kind, self.canary)), ("a", b"key=evil"))
            self.assert_untouched()

    @attack("CWE-59")
    def test_link_shows_what_lies_outside(self):
        for kind, target in ((tarfile.SYMTYPE, "../../shop/config.ini"), (tarfile.LNKTYPE, self.canary)):
            self.unpack(("theme.json", b"{}"), ("leak", (kind, target)))
            self.assertFalse(self.files.exists("themes/t/leak"), target)
