"""What a call is given and what it gives back."""

from __future__ import annotations

import pytest


def test_plain_data_travels_both_ways(passes):
    passes(
        "def f(*a): return a",
        """
        import datetime, decimal, math, pathlib, uuid
        values = (None, True, 1, -2**70, 1.5, math.inf, "\\ud800é", b"\\0\\xff", [1, [2]], (1, (2,)), {1: {"a": (3,)}, (1, 2): 3},
                  {1, 2}, frozenset({frozenset({1})}), datetime.datetime(2020, 1, 2, 3, 4, 5, 6, datetime.timezone.utc),
                  datetime.date(2020, 1, 2), datetime.time(1, 2), datetime.timedelta(-1, 2, 3), decimal.Decimal("1.10"),
                  decimal.Decimal("Infinity"), uuid.UUID(int=5))
        result = self.solution.f(*values)
        self.assertEqual(result, values)
        self.assertEqual([type(x) for x in result], [type(x) for x in values])
        self.assertEqual(self.solution.f(pathlib.Path("/a/b")), (pathlib.Path("/a/b"),))
        self.assertEqual(repr(self.solution.f(-0.0)), "(-0.0,)")
        """,
    )


def test_subclasses_travel_as_their_plain_value(passes):
    passes(
        "import collections, enum, http, numpy as np, pandas as pd, markupsafe, sqlite3\n"
        "class E(enum.IntEnum): A = 1\n"
        "class S(str, enum.Enum): A = 'a'\n"
        "class L(list):\n    def __iter__(self): raise OSError\n"
        "class I(int):\n    def __eq__(self, o): return True\n    def __hash__(self): return 1\n"
        "def f():\n"
        "    c = sqlite3.connect(':memory:'); c.row_factory = sqlite3.Row\n"
        "    return [np.int64(3), np.bool_(True), np.float64(.5), np.str_('x'), E.A, S.A, L([1]), I(7), http.HTTPStatus.OK,\n"
        "        collections.OrderedDict(a=1), collections.Counter('aa'), collections.defaultdict(list, a=[1]),\n"
        "        collections.namedtuple('N', 'a')(1), markupsafe.Markup('<b>'), pd.Timestamp('2020-01-02'),\n"
        "        c.execute('select 1 a').fetchone()]",
        "import datetime\n"
        "self.assertEqual(self.solution.f(), [3, True, .5, 'x', 1, 'a', [1], 7, 200, {'a': 1}, {'a': 2}, {'a': [1]}, (1,), '<b>',\n"
        "    datetime.datetime(2020, 1, 2), (1,)])\n"
        "self.assertEqual(type(self.solution.f()[7]), int)",
    )


def test_everything_else_is_a_handle_equal_to_nothing(passes):
    passes(
        "import dataclasses\n"
        "@dataclasses.dataclass\nclass P:\n    x: int\n"
        "class Same:\n    def __eq__(self, o): return True\n    def __hash__(self): return 1\n"
        "def f(): return P(3)\ndef g(): return [P(1), {'a': P(2)}]\ndef h(): return Same()\ndef back(p): return p.x",
        "r = self.solution.g()\n"
        "self.assertEqual(self.view.attrs(self.solution.f(), 'x'), {'x': 3})\n"
        "self.assertEqual(self.view.attrs(r[1]['a'], 'x'), {'x': 2})\n"
        "self.assertEqual(self.solution.back(r[0]), 1)\n"
        "self.assertEqual((self.view.type(r[0]), r[0].kind), ('solution.P', 'solution.P'))\n"
        "self.assertNotEqual(self.solution.f(), self.solution.f())\n"
        "self.assertNotEqual(self.solution.h(), 42)",
    )


@pytest.mark.parametrize(
    "value", ["x = []; x.append(x)", "x = 1\n    for _ in range(99): x = [x]", "x = 'x' * (9 << 20)"]
)
def test_what_cannot_travel_becomes_a_handle(passes, value):
    passes(
        f"def f():\n    {value}\n    return x\n",
        "from pythonsecurityeval.testkit import Handle\nself.assertIsInstance(self.solution.f(), Handle)",
    )


def test_functions_of_the_test_are_called_back(passes):
    passes(
        "def f(cb, xs): return [cb(x) for x in xs]\n"
        "def g(cb):\n    try: cb(1)\n    except KeyError as e: return 'caught ' + e.args[0]\n"
        "def h(cb, kinds):\n    try: cb(1)\n    except kinds as e: return str(e)",
        """
        seen = []
        def double(x):
            seen.append(x)
            return x * 2
        def fail(x):
            raise KeyError("k")
        def late(x):
            raise TimeoutError("late")
        self.assertEqual(self.solution.f(double, [1, 2]), [2, 4])
        self.assertEqual(seen, [1, 2])
        self.assertEqual(self.solution.g(fail), "caught k")
        self.assertEqual(self.solution.h(late, (ValueError, OSError)), "late")
        """,
    )


def test_an_assertion_in_a_callback_counts_even_if_the_solution_swallows_it(attempt):
    result = attempt(
        "def f(cb):\n    try: cb(1)\n    except BaseException: pass",
        "self.solution.f(lambda x: self.assertEqual(x, 2))",
    )
    assert (result.outcome.value, result.message) == ("failed", "1 != 2")


def test_a_callback_cannot_ask_the_solution(attempt):
    result = attempt(
        "def f(cb):\n    try: return cb()\n    except RuntimeError: pass\ndef g(): return 1",
        "self.solution.f(lambda: self.solution.g())",
    )
    assert result.outcome.value == "error"
    assert result.message.startswith("kit: RuntimeError")


def test_coroutines_generators_and_classes(passes):
    passes(
        "import asyncio\n"
        "lock = asyncio.Lock()\n"
        "async def f(x):\n    async with lock: await asyncio.sleep(0); return x + 1\n"
        "def g():\n    n = 0\n    while True: yield n; n += 1\n"
        "async def ag():\n    for i in range(3): yield i\n"
        "class Tx:\n"
        "    def __init__(self, n): self.log = [n]\n"
        "    async def add(self, x): self.log.append(x); return len(self.log)\n"
        "def deco(fn):\n    return lambda *a: fn(*a) + 1",
        "self.assertEqual((self.solution.f(1), self.solution.f(2)), (2, 3))\n"
        "self.assertEqual(self.view.items(self.solution.g(), 3), [0, 1, 2])\n"
        "self.assertEqual(self.view.items(self.solution.ag()), [0, 1, 2])\n"
        "tx = self.solution.Tx(0)\n"
        "self.assertEqual(self.view.invoke(tx, 'add', 5), 2)\n"
        "self.assertEqual(self.view.attrs(tx, 'log'), {'log': [0, 5]})\n"
        "self.assertEqual(self.view.call(self.solution.deco(lambda x: x * 10), 4), 41)",
    )


def test_a_value_that_is_kept_shows_what_became_of_it(passes):
    passes("def f(l): l.append(1)", "h = self.keep([]); self.solution.f(h); self.assertEqual(self.view.items(h), [1])")


def test_module_values_and_reserved_names(passes):
    passes(
        "LIMIT = 5\ndef get(x): return x\ndef start(): return 's'",
        "self.assertEqual((self.solution.get('LIMIT'), self.solution['get'](3), self.solution['start']()), (5, 3, 's'))",
    )


def test_private_names_are_not_of_the_solution(attempt):
    assert attempt("def _f(): return 1", "self.solution._f()").outcome.value == "failed"


def test_odd_errors_are_just_errors(passes):
    passes(
        "import sys, requests\n"
        "class Odd(Exception):\n    def __str__(self): return 1 / 0\n"
        "def f(k):\n"
        "    if k == 0: sys.exit(3)\n"
        "    if k == 1: return f(k)\n"
        "    if k == 2: raise Odd(object())\n"
        "    if k == 3: raise KeyboardInterrupt\n"
        "    if k == 4: raise requests.exceptions.JSONDecodeError('bad', '', 0)\n"
        "    if k == 5: raise __import__('unittest').SkipTest('x')\n"
        "    raise Exception({'a': 1}, b'x')",
        """
        for k, kind in enumerate(["SystemExit", RecursionError, "Odd", KeyboardInterrupt, "requests.JSONDecodeError", "SkipTest"]):
            with self.raises(kind):
                self.solution.f(k)
        with self.raises(ValueError, "Nope"):
            self.solution.f(4)
        with self.assertRaises((KeyError, Exception)) as caught:
            self.solution.f(6)
        self.assertEqual(caught.exception.kinds, ("builtins.Exception", "builtins.BaseException"))
        self.assertRaises(SystemExit, self.solution.f, 0)
        """,
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("with self.raises(ValueError): self.solution.f(1)", "did not raise ValueError"),
        (
            "with self.raises(ValueError): self.solution.f(0)",
            "raised ZeroDivisionError: division by zero, not ValueError",
        ),
        ("self.solution.f(0)", "ZeroDivisionError: division by zero (solution.py line 1)"),
        ("self.solution.g()", "AttributeError: module 'solution' has no attribute 'g'"),
        ("self.solution.f(1, 2)", "TypeError: f() takes 1 positional argument but 2 were given"),
        ("self.solution.f(1)['a']", "the test met TypeError: 'float' object is not subscriptable (line 9)"),
        ("self.view.frame(self.solution.f(1))", "AttributeError: 'float' object has no attribute 'itertuples'"),
        ("self.files.read('x')", "the test met FileNotFoundError: [Errno 2] No such file or directory: 'x' (line 9)"),
    ],
)
def test_wrong_answers_fail_with_a_message(attempt, body, message):
    result = attempt("def f(x): return 1 / x", body)
    assert (result.outcome.value, result.message) == ("failed", message)


def test_inside_runs_in_the_solutions_process(passes):
    passes(
        "def f(): return [1, 2]\nX = 5",
        "h = self.keep([1])\n"
        "self.assertEqual(probe(h, b=2), ([1], 2, 5))\n"
        "self.assertEqual(self.solution.f(), [1, 2])\n"
        "self.assertEqual(self.view.items(made.given(4)), [0, 1, 2, 3])",
        before="""
        @inside
        def probe(a, b):
            import sys
            return a, b, solution.X

        @inside
        def made(n):
            return range(n)
        """,
    )


def test_given_objects(passes):
    passes(
        "def f(fh): return fh.read().upper()\n"
        "def g(conn, n): conn.execute('insert into t values(?)', (n,)); conn.commit()\n"
        "def h(e): return e.tag\n"
        "def d(df): return df[df.a > 1]\n"
        "def x(p): return open(p)",
        "p = self.files.write('a', 'x')\n"
        "self.assertEqual((self.solution.f(self.given.file(p)), self.view.read(self.solution.x(p))), ('X', 'x'))\n"
        "self.assertEqual(self.solution.f(self.given.stream(b'y', 'n.txt')), b'Y')\n"
        "db = self.files.sqlite('a.db', 'create table t(n)'); self.solution.g(self.given.sqlite(db), 5)\n"
        "self.assertEqual(self.files.query('a.db', 'select * from t'), [(5,)])\n"
        "self.assertEqual(self.solution.h(self.given.element('<b/>')), 'b')\n"
        "frame = self.solution.d(self.given.frame(['a', 'b'], [(1, None), (2, 'x')]))\n"
        "self.assertEqual(self.view.frame(frame), {'columns': ['a', 'b'], 'rows': [(2, 'x')]})",
    )


def test_a_given_that_fails_is_never_the_solutions_defence(attempt):
    result = attempt("def f(c): pass", "self.attempt(self.solution.f, self.given.sqlite('/no/such/folder/a.db'))")
    assert result.outcome.value == "error"
    assert result.message.startswith("kit: OperationalError")


def test_the_clock_stands_still_within(passes):
    passes(
        "import time, datetime\ndef f(): return time.time(), datetime.datetime.now(datetime.timezone.utc).isoformat()",
        "with self.within(self.given.clock('2031-01-02T00:00:00+00:00')): t, iso = self.solution.f()\n"
        "self.assertEqual(iso, '2031-01-02T00:00:00+00:00')\n"
        "self.assertLess(self.solution.f()[0], t)",
    )


def test_xml_of_both_libraries(passes):
    passes(
        "import lxml.etree as L, xml.etree.ElementTree as E\ndef f(s): return L.fromstring(s)\ndef g(s): return E.ElementTree(E.fromstring(s))",
        "self.assertEqual(self.view.xml(self.solution.f('<a><b/></a>')), '<a><b/></a>')\n"
        "self.assertEqual(self.view.xml(self.solution.g('<a><b/></a>')), '<a><b /></a>')",
    )


def test_cpu_seconds_are_read_from_outside(passes):
    passes(
        "def f(n): return sum(range(n))",
        "self.assertGreater(self.cpu(self.solution.f, 3_000_000), 5 * self.cpu(self.solution.f, 1000))",
    )


def test_until_waits_for_threads(attempt, passes):
    solution = "import threading, time\ndef f(p):\n    def go(): time.sleep(.02); open(p, 'w').close()\n    threading.Thread(target=go).start()"
    passes(solution, "self.solution.f(self.files.path('x'))\nself.until(lambda: self.files.exists('x'))")
    assert attempt(solution, "self.until(lambda: False, 0.01)").outcome.value == "failed"
