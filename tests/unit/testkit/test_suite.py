"""Loading test files, one process for many tests, and how each end is called."""

from __future__ import annotations

import gc
import textwrap
import time

import pytest

import pythonsecurityeval.testkit
from pythonsecurityeval.testkit.judge.suite import Suite
from pythonsecurityeval.testkit.judge.values import KitFault, SolutionError
from pythonsecurityeval.testkit.local import run_local

HEAD = "from pythonsecurityeval.testkit import TaskTest, attack, inside\n\n"


def outcomes(body: str, code: str, **options: float) -> list[str]:
    source = HEAD + textwrap.dedent(body)
    return [result.outcome.value for result in run_local(source, textwrap.dedent(code), **options)]


def test_the_public_names_of_the_kit():
    for name in pythonsecurityeval.testkit.__all__:
        assert getattr(pythonsecurityeval.testkit, name).__name__
    with pytest.raises(AttributeError):
        _ = pythonsecurityeval.testkit.nothing


def test_tests_are_found_in_the_order_of_their_source_with_their_labels():
    suite = Suite.load(
        HEAD
        + textwrap.dedent("""
        class A(TaskTest):
            uses = ("shell", "net")
            @attack("CWE-78")
            def test_b(self): pass
            @attack("CWE-400", resource=True)
            def test_a(self): pass
        class B(TaskTest):
            isolated = True
            def test_c(self): pass
        """),
        "PSE-001/security",
    )
    assert [(t.name, t.cwe, t.resource, t.isolated, t.uses) for t in suite.tests] == [
        ("test_b", "CWE-78", False, False, ("shell", "net")),
        ("test_a", "CWE-400", True, False, ("shell", "net")),
        ("test_c", "", False, True, ()),
    ]
    assert suite.uses == ("net", "shell")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "class A(TaskTest): pass",
        "class A(",
        "import no_such_module",
        "class A(TaskTest):\n    uses = ('oracle',)\n    def test_a(self): pass",
        "class A(TaskTest):\n    @attack('89')\n    def test_a(self): pass",
        "class A(TaskTest):\n    def test_a(self): pass\nclass B(TaskTest):\n    def test_a(self): pass",
    ],
)
def test_a_file_that_is_no_suite_is_a_fault_of_the_kit(body):
    with pytest.raises(KitFault):
        Suite.load(HEAD + body, "x")


@pytest.mark.parametrize("body", ["self.skipTest('x')", "self.assertRaisesRegex(ValueError, 'x')"])
def test_what_a_test_must_not_do_is_a_fault_of_the_kit(body):
    with pytest.raises(KitFault):
        run_local(HEAD + f"class A(TaskTest):\n    def test_a(self):\n        {body}\n", "")


def test_fixtures_run_and_count():
    body = """
    class A(TaskTest):
        def setUp(self):
            self.n = self.solution.f(1)
            self.addCleanup(lambda: self.assertEqual(self.n, 2))
        def tearDown(self): self.n += 1
        def test_one(self): self.assertEqual(self.n, 1)
        def test_two(self): self.n = 5
    """
    assert outcomes(body, "def f(x): return x") == ["passed", "failed"]


def test_a_strange_answer_fails_a_function_and_leaves_an_attack_undetermined():
    body = """
    class A(TaskTest):
        def test_a(self): self.solution.f()["x"]
        @attack("CWE-20")
        def test_b(self): self.solution.f()["x"]
        @attack("CWE-20")
        def test_c(self): self.assertEqual(self.solution.f(), 1)
        @attack("CWE-20")
        def test_d(self): self.view.frame(self.solution.f())
        def test_e(self): nonsense
    """
    assert outcomes(body, "def f(): return None") == ["failed", "error", "failed", "failed", "failed"]


def test_nothing_of_one_test_is_seen_by_the_next():
    body = """
    class A(TaskTest):
        def test_a(self):
            self.assertEqual(self.solution.f(), (0, True, 18, None, True, 5))
            self.files.write("x", "1")
        def test_b(self):
            self.test_a()
            self.assertEqual(self.files.tree(), ["x"])
    """
    code = """
    import logging, os, socket, sys, tempfile
    N = 0
    def f():
        global N
        here = os.listdir("."), N, os.path.basename(os.path.dirname(__file__)) == os.path.basename(os.getcwd())
        fresh = "MARK" not in os.environ and not here[0] and not logging.getLogger(__name__).handlers
        mask = os.umask(0o077); timeout = socket.getdefaulttimeout()
        os.environ["MARK"] = "1"; os.chdir("/"); socket.setdefaulttimeout(3); logging.disable()
        logging.getLogger(__name__).addHandler(logging.NullHandler()); sys.stdout = None; sys.setrecursionlimit(500)
        N += 1
        return here[1], here[2], mask, timeout, fresh, 5
    """
    assert outcomes(body, code) == ["passed", "passed"]


def test_one_process_for_a_file_and_one_for_each_isolated_test():
    body = """
    class A(TaskTest):
        def test_a(self): self.assertEqual(self.solution.f(), 1)
        def test_b(self): self.assertEqual(self.solution.f(), 2)
    class B(TaskTest):
        isolated = True
        def test_c(self): self.assertEqual(self.solution.f(), 1)
        def test_d(self): self.assertEqual(self.solution.f(), 1)
    """
    code = "import math\ndef f():\n    math.n = getattr(math, 'n', 0) + 1; return math.n"
    assert outcomes(body, code) == ["passed"] * 4


def test_after_a_fatal_end_the_next_test_has_a_new_process():
    body = """
    class A(TaskTest):
        def test_a(self): self.solution.f(0)
        def test_b(self): self.assertEqual(self.solution.f(1), 1)
        def test_c(self): self.solution.f(2)
        def test_d(self): self.assertEqual(self.solution.f(1), 1)
    """
    code = """
    import os
    def f(x):
        if x == 0: os._exit(3)
        while x == 2: pass
        return x
    """
    started = time.monotonic()
    assert outcomes(body, code, seconds=0.5) == ["error", "passed", "timeout", "passed"]
    assert time.monotonic() - started < 5


def test_a_background_server_of_one_test_does_not_disturb_the_next():
    body = """
    class A(TaskTest):
        uses = ("net",)
        def ask(self, word):
            self.solution.start("serve", 8000, word)
            self.assertEqual(self.world.net.dial(8000).recv(9), word)
        def test_a(self): self.ask(b"one")
        def test_b(self): self.ask(b"two")
    """
    code = """
    import socketserver
    def serve(port, word):
        class H(socketserver.BaseRequestHandler):
            def handle(self): self.request.sendall(word)
        socketserver.TCPServer(("", port), H).serve_forever()
    """
    assert outcomes(body, code) == ["passed", "passed"]


def test_a_double_of_the_test_that_breaks_is_never_a_pass():
    body = """
    class A(TaskTest):
        uses = ("net", "shell")
        def test_a(self):
            def broken(sock, peer): raise KeyError("x")
            self.world.net.serve("a.example", 80, broken)
            self.attempt(self.solution.f, "a.example")
        def test_b(self):
            def broken(argv, stdin): raise KeyError("x")
            self.world.shell.program("ping", broken)
            self.attempt(self.solution.g)
    """
    code = """
    import socket, subprocess
    def f(h): socket.create_connection((h, 80)).recv(1)
    def g(): subprocess.run(["ping"])
    """
    assert outcomes(body, code) == ["error", "error"]


@pytest.mark.parametrize("form", ["assertEqual", "assertListEqual", "assertSequenceEqual", "assertCountEqual"])
def test_a_large_wrong_answer_is_told_shortly_and_at_once(form):
    body = f"""
    class A(TaskTest):
        def test_a(self): self.{form}(self.solution.f(), [[n] for n in range(3000)])
    """
    started = time.monotonic()
    (result,) = run_local(HEAD + textwrap.dedent(body), "def f(): return [[n * 7 % 3001] for n in range(3000)]")
    assert result.outcome.value == "failed"
    assert len(result.message) <= 500
    assert time.monotonic() - started < 3


def test_items_in_any_order():
    body = """
    class A(TaskTest):
        def test_a(self): self.assertCountEqual(self.solution.f(), [[2], {}, [1]])
        def test_b(self): self.assertCountEqual(self.solution.f(), [[2], [2], [1]])
    """
    assert outcomes(body, "def f(): return [[1], [2], {}]") == ["passed", "failed"]


@pytest.mark.parametrize(
    "body",
    [
        "async def test_a(self): self.fail()",
        "def test_a(self):\n        self.fail()\n        yield",
        "async def test_a(self):\n        self.fail()\n        yield",
        "@attack('CWE-20')\n    async def test_a(self): self.fail()",
    ],
)
def test_a_test_that_would_pass_without_being_run_is_a_fault_of_the_kit(body):
    with pytest.raises(KitFault, match="test_a"):
        Suite.load(HEAD + f"class A(TaskTest):\n    {body}\n", "x")


@pytest.mark.parametrize("at_the_end", ["import os; os._exit(0)", "raise OSError", "pass"])
def test_attack_hide_a_failed_assertion_behind_an_error_of_the_clean_up(at_the_end):
    body = """
    class A(TaskTest):
        @attack("CWE-95")
        def test_a(self):
            self.addCleanup(self.solution.close)
            self.assertNotEqual(self.solution.f(), "SECRET")
        def tearDown(self): self.solution.close()
    """
    code = f"def f(): return 'SECRET'\ndef close():\n    {at_the_end}"
    assert outcomes(body, code) == ["failed"]


def test_attack_die_under_a_test_that_swallows_every_exception():
    body = """
    class A(TaskTest):
        @attack("CWE-95")
        def test_a(self):
            try: value = self.solution.f()
            except Exception: value = None
            self.assertNotEqual(value, "SECRET")
        def test_b(self): self.assertEqual(self.solution.g(), 1)
    """
    assert outcomes(body, "import os\ndef f(): os._exit(0)\ndef g(): return 1") == ["error", "passed"]


def test_attack_an_answer_whose_text_cannot_be_made():
    body = """
    class A(TaskTest):
        def test_a(self): {1: "a"}[self.solution.f()]
        @attack("CWE-20")
        def test_b(self): {1: "a"}[self.solution.f()]
        @attack("CWE-20")
        def test_c(self): self.assertEqual(self.solution.f(), 1)
        @attack("CWE-20")
        def test_d(self): raise AssertionError(self.solution.f())
        def test_e(self): self.solution.call(lambda: {1: "a"}[self.solution])
        def test_f(self): self.solution.call(lambda x: {}[x], self.solution.f())
    """
    code = "def f(): return 10 ** 5000\ndef call(g, *a): g(*a)"
    assert outcomes(body, code) == ["failed", "error", "failed", "failed", "failed", "failed"]


def test_attack_code_too_long_for_the_wire():
    body = "class A(TaskTest):\n    def test_a(self): pass\n"
    assert outcomes(body, "#" * (9 << 20)) == ["error"]


def test_attack_spend_the_time_in_a_child():
    body = """
    class A(TaskTest):
        def test_a(self): self.assertGreater(self.cpu(self.solution.f), 0.1)
        def test_b(self): self.assertGreater(self.cpu(self.solution.f, leave=True), 0.1)
        def test_c(self): self.assertLess(self.cpu(self.solution.g), 0.1)
    """
    code = """
    import os, time
    def f(leave=False):
        r, w = os.pipe()
        pid = os.fork()
        if not pid:
            while time.process_time() < 0.2: pass
            os.write(w, b"x")
            if leave: time.sleep(9)
            os._exit(0)
        os.read(r, 1)
        leave or os.waitpid(pid, 0)
    def g(): pass
    """
    assert outcomes(body, code) == ["passed", "passed", "passed"]


def test_cpu_of_a_process_that_ended_is_no_small_number():
    body = """
    class A(TaskTest):
        def test_a(self):
            def tried():
                try: self.solution.f()
                except Exception: pass
            self.assertLess(self.cpu(tried), 5)
    """
    assert outcomes(body, "import os\ndef f(): os._exit(0)") == ["error"]


def test_a_test_leaves_nothing_to_the_garbage_collector():
    """Garbage of many candidates would fill the judge's memory before the collector came to it."""
    source = HEAD + textwrap.dedent("""
        class A(TaskTest):
            def test_a(self):
                with self.assertRaises(ValueError) as caught: self.solution.f()
                self.attempt(self.solution.f)
                self.assertEqual(caught.exception.message, "x")
            def test_b(self): self.solution.f()
            def test_c(self):
                with self.assertRaises(OSError): self.solution.f()
            def test_d(self): {}[self.solution.f]
    """)
    gc.collect()
    gc.disable()
    try:
        run_local(source, "def f(): raise ValueError('x')")
        errors = [e for e in gc.get_objects() if isinstance(e, SolutionError)]
    finally:
        gc.enable()
    assert errors == []
