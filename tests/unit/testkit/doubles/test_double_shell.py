"""Command lines are really interpreted: what an attacker smuggles in, really runs."""

import time

import pytest

from pythonsecurityeval.testkit.judge.doubles.shell import Shell


class Folder:
    """Files of a test, in memory."""

    root = "/scratch"

    def __init__(self):
        self.files = {}

    def read(self, name):
        if name not in self.files:
            raise FileNotFoundError(name)
        return self.files[name]

    def exists(self, name):
        return name in self.files

    def write(self, name, data):
        self.files[name] = data
        return f"{self.root}/{name}"


@pytest.fixture
def folder():
    return Folder()


@pytest.fixture
def shell(folder):
    shell = Shell(folder, [])
    shell.program("ping", lambda argv, stdin: " ".join(argv[1:]))
    shell.program("fail", "", code=3, err="no\n")
    shell.program("upper", lambda argv, stdin: stdin.upper())
    shell.standard()
    return shell


def sh(shell, text, **options):
    return shell.run(text, True, **options)


@pytest.mark.parametrize(
    "attack",
    [
        "ping h; touch pwned",
        "ping h && touch pwned",
        "fail || touch pwned",
        "ping h | touch pwned",
        "ping h & touch pwned",
        "ping h\ntouch pwned",
        "ping $(touch pwned)",
        "ping `touch pwned`",
        'ping "$(touch pwned)"',
        'ping "`touch pwned`"',
        "ping ''; touch pwned; ''",
        "ping h;touch${IFS}pwned",
        "ping h;(touch pwned)",
        "ping h; { touch pwned; }",
        "ping h; sh -c 'touch pwned'",
        "echo 'touch pwned' | sh",
        "X=touch; $X pwned",
        "eval 'tou''ch pwned'",
        "to\\uch pwned",
        "ping $(ping $(touch pwned))",
        "! touch pwned",
        "ping h 2>&1 >/dev/null; touch pwned # comment",
    ],
)
def test_smuggled_command_runs(shell, folder, attack):
    sh(shell, attack)
    assert shell.ran("touch") == [["touch", "pwned"]]
    assert folder.files == {"pwned": b""}


@pytest.mark.parametrize(
    "harmless",
    [
        "ping 'h; touch pwned'",
        'ping "h; touch pwned"',
        "ping h\\;touch\\ pwned",
        "ping '$(touch pwned)'",
        "ping '`touch pwned`'",
        'ping "\\$(touch pwned)"',
        "ping h # ; touch pwned",
        "fail && touch pwned",
        "true || touch pwned",
        "ping ''\"'\"'; touch pwned'",
        "ping ; X='touch pwned'",
    ],
)
def test_quoted_text_stays_text(shell, harmless):
    sh(shell, harmless)
    assert shell.ran("touch") == []


def test_arguments_are_never_interpreted_without_a_shell(shell):
    assert shell.run(["ping", "h; touch pwned", "$(touch pwned)"], False)[1] == b"h; touch pwned $(touch pwned)"
    assert shell.started == [["ping", "h; touch pwned", "$(touch pwned)"]]


def test_missing_program(shell):
    with pytest.raises(FileNotFoundError) as caught:
        shell.which(["nmap", "h"], False)
    assert (*caught.value.args, caught.value.filename) == (2, "No such file or directory", "nmap")
    with pytest.raises(FileNotFoundError):
        shell.run("nmap h", False)
    assert sh(shell, "nmap h") == (127, b"", b"sh: 1: nmap: not found\n")
    assert shell.ran("nmap") == [["nmap", "h"], ["nmap", "h"]]
    shell.which("nmap h", True)


def test_programs_are_found_in_every_folder(shell):
    assert shell.run(["/usr/bin/ping", "x"], False) == (0, b"x", b"")
    assert shell.ran("ping") == [["/usr/bin/ping", "x"]]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("echo a  b", b"a b\n"),
        ("echo 'a  b'", b"a  b\n"),
        ("echo -n a", b"a"),
        ("echo \"$HOME/x\" '$HOME' ${HOME}y ${NONE:-d}", b"/home/app/x $HOME /home/appy d\n"),
        ('A=1; echo $A$A; B=$A; echo "<$B>"', b"11\n<1>\n"),
        ("A='x y'; ping $A; ping \"$A\"", b"x yx y"),
        ("echo $(echo a; echo b)", b"a b\n"),
        ('echo "$(echo a; echo b)"', b"a\nb\n"),
        ("echo abc | upper", b"ABC\n"),
        ("echo abc | upper | cat", b"ABC\n"),
        ("fail; echo $?", b"3\n"),
        ("false || echo no", b"no\n"),
        ("(cd /; exit 4); echo $?", b"4\n"),
        ('(A=2); echo "[$A]"', b"[]\n"),
        ("fail 2>&1", b"no\n"),
        ("fail 2>/dev/null", b""),
        ("ping a\\\nb", b"ab"),
        ('echo "a\\n\\"b"', b'a\\n"b\n'),
        ("echo a#b #c", b"a#b\n"),
        ("ping '' x", b" x"),
        ("ping $NONE x", b"x"),
    ],
)
def test_command_lines_mean_what_sh_makes_of_them(shell, text, out):
    assert sh(shell, text, env={"HOME": "/home/app"})[1] == out


def test_splitting_gives_separate_arguments(shell):
    sh(shell, "A='-o  x'; ping $A pre$A")
    assert shell.ran("ping") == [["ping", "-o", "x", "pre-o", "x"]]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("echo hi > a", {"a": b"hi\n"}),
        ("echo hi>a; echo ho >> a", {"a": b"hi\nho\n"}),
        ("fail > a 2>&1", {"a": b"no\n"}),
        ("fail 2> a", {"a": b"no\n"}),
        ("fail &> a", {"a": b"no\n"}),
        ("> a", {"a": b""}),
        ("echo x > /scratch/sub/a", {"sub/a": b"x\n"}),
        ("cd sub; echo x > a", {"sub/a": b"x\n"}),
        ("echo hi > a; upper < a > b", {"a": b"hi\n", "b": b"HI\n"}),
        ("echo hi > 'a b'", {"a b": b"hi\n"}),
        ("{ echo 1; echo 2; } > a", {"a": b"1\n2\n"}),
    ],
)
def test_redirections_write_real_files(shell, folder, text, files):
    assert sh(shell, text)[0] == 0 or "fail" in text
    assert folder.files == files


@pytest.mark.parametrize("path", ["/etc/cron.d/x", "../x", "/scratch/../x", "/"])
def test_redirection_never_leaves_the_folder_but_is_seen(shell, folder, path):
    code, _, err = sh(shell, f"echo x > {path}")
    assert code
    assert b"Permission denied" in err
    assert folder.files == {}
    assert len(shell.written) == 1


def test_files_outside_are_not_read(shell):
    assert sh(shell, "cat < /etc/passwd")[0] == 1
    assert sh(shell, "cat /etc/passwd ../../etc/passwd")[1] == b""


def test_script_file_and_arguments(shell, folder):
    folder.write("run.sh", b'ping "$1"\n')
    assert sh(shell, "sh run.sh 'a b'")[1] == b"a b"
    assert sh(shell, "sh none.sh")[0] == 127
    assert shell.run(["bash", "-c", "ping $0 $1", "x", "y"], False)[1] == b"x y"


def test_standard_input_reaches_the_program(shell):
    assert sh(shell, "upper", stdin=b"abc")[1] == b"ABC"
    assert shell.run(["upper"], False, b"abc")[1] == b"ABC"


@pytest.mark.parametrize(
    "text", ["echo 'a", 'echo "a', "echo $(a", "echo `a", "(a", "a &&", "| a", "a ;; b", "a >", "<<E\nE", ")"]
)
def test_syntax_errors_are_the_shells(shell, text):
    code, out, err = sh(shell, text)
    assert (code, out) == (2, b"")
    assert b"Syntax error" in err


@pytest.mark.parametrize(
    "bomb",
    [
        "$(" * 5000,
        "(" * 5000,
        "echo " + "a" * 100_000,
        "sh -c '" * 9,
        'eval "$0"',
        "`" * 1001,
        "{ " * 4000,
        "echo " + "$(echo " * 400 + ")" * 400,
    ],
)
def test_bombs_end(shell, bomb):
    sh(shell, bomb)


def test_shell_that_starts_itself_for_ever_ends(shell, folder):
    folder.write("loop.sh", b"sh loop.sh; sh loop.sh")
    sh(shell, "sh loop.sh")
    assert len(shell.started) <= 500


def test_fault_of_the_tests_own_program_is_kept(shell):
    shell.program("bad", lambda argv, stdin: 1 / 0)
    assert shell.run(["bad"], False)[0] == 1
    assert isinstance(shell.faults[0], ZeroDivisionError)


def test_bytes_and_paths_as_arguments(shell):
    import pathlib

    assert shell.run([b"ping", pathlib.PurePosixPath("/x"), b"\xff"], False)[1] == b"/x \xff"


@pytest.mark.parametrize(
    "text",
    [
        """x='eval "$x";eval "$x"'; eval "$x" """,
        """x='sh -c "$x";sh -c "$x"'; export x; sh -c "$x" """,
        "a=" + "x" * 32 + ";" + "a=$a$a;" * 40 + "echo $a",
        "a=" + "x" * 32 + ";" + "a=$a$a;" * 14 + "eval $a;" * 8000,
        "a=" + "x\\ " * 9000 + ";" + "echo $a;" * 5000,
        "a=" + "x" * 60000 + ";" + "echo $a$a$a$a$a$a$a$a$a;" * 200,
        "echo " + "x" * 60000 + " > a;" + "cat a a a a a a a a a a >> b;" * 150,
        "(" * 20 + "echo x;" * 8000 + ")" * 20,
        ": <big;" * 9000,
        "echo x >> big;" * 4000,
        "touch" + " big" * 15000,
        "cat" + " big" * 15000,
        "cat big | " * 3000 + "cat",
    ],
    ids=lambda text: text[:12],
)
def test_attack_a_command_line_without_end(shell, folder, text):
    folder.files["big"] = b"x" * (1 << 23)
    started = time.process_time()
    for _ in range(3):
        _, out, err = sh(shell, text)
        assert len(out) + len(err) <= 2 << 20
    assert time.process_time() - started < 2
    assert sum(map(len, folder.files.values())) < 32 << 20


def test_an_honest_script_of_some_length_runs(shell, folder):
    sh(shell, "".join(f"echo line {n} of many >> log; " for n in range(1000)))
    assert folder.files["log"].count(b"\n") == 1000
    assert len(sh(shell, "cat log | upper")[1]) == len(folder.files["log"])


def test_standard_programs_are_there_unasked():
    shell = Shell(Folder(), [])
    assert [name for name in ("cat", "touch", "id", "whoami", "sleep", "curl") if shell.has(name)] == [
        "cat",
        "touch",
        "id",
        "whoami",
        "sleep",
    ]
    assert shell.asked[-1] == "curl"
    assert shell.started == []
