"""Shapes of test files that strangers write, each with an honest solution; none may be taken for an attack."""

SHAPES = {}


def shape(name, test, solution):
    SHAPES[name] = (test, solution)


def case(body, head="", name="Test"):
    """A file of one test."""
    return f"import unittest\nfrom unittest.mock import patch, Mock, MagicMock, mock_open, call\n{head}\nclass {name}(unittest.TestCase):\n{body}\nif __name__ == '__main__':\n    unittest.main()\n"


ADD = "def add(a, b):\n    return a + b\n"

shape("undefined function", case("    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n"), ADD)
shape(
    "undefined class",
    case("    def test_a(self):\n        box = Box()\n        box.put(1)\n        self.assertEqual(box.items, [1])\n"),
    "class Box:\n    def __init__(self):\n        self.items = []\n    def put(self, it):\n        self.items.append(it)\n",
)
shape(
    "undefined module that the solution imports",
    case("    def test_a(self):\n        self.assertEqual(digest('a'), hashlib.sha256(b'a').hexdigest())\n"),
    "import hashlib\ndef digest(text):\n    return hashlib.sha256(text.encode()).hexdigest()\n",
)
shape(
    "from your_module import",
    case(
        "    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n",
        "from your_module import add  # replace with the name of your module",
    ),
    ADD,
)
shape(
    "import my_module as",
    case("    def test_a(self):\n        self.assertEqual(m.add(1, 2), 3)\n", "import my_module as m"),
    ADD,
)
shape(
    "from a module named after the job",
    case("    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n", "from adder_tools import add"),
    ADD,
)
shape(
    "from a package",
    case(
        "    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n    @patch('your_package.your_module.helper')\n    def test_b(self, helper):\n        helper.return_value = 9\n        self.assertEqual(add(1, 2), 9)\n",
        "from your_package.your_module import add",
    ),
    "def helper(a, b):\n    return a + b\ndef add(a, b):\n    return helper(a, b)\n",
)
shape(
    "star import",
    case("    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n", "from solution import *"),
    ADD,
)
shape(
    "import inside a test",
    case("    def test_a(self):\n        from main import add\n        self.assertEqual(add(1, 2), 3)\n"),
    ADD,
)
shape(
    "patch a name inside the solution",
    case(
        "    @patch('your_module.sqlite3')\n    def test_a(self, mock):\n        mock.connect.return_value.total_changes = 4\n        self.assertEqual(your_module.changes('x.db'), 4)\n        mock.connect.assert_called_once_with('x.db')\n",
        "import your_module",
    ),
    "import sqlite3\ndef changes(path):\n    return sqlite3.connect(path).total_changes\n",
)
shape(
    "patch a library",
    case(
        "    @patch('subprocess.run')\n    def test_a(self, run):\n        run.return_value = Mock(stdout='hi', returncode=0)\n        self.assertEqual(greet(), 'hi')\n        args, kwargs = run.call_args\n        self.assertIn('echo', args[0])\n        self.assertTrue(run.called)\n        self.assertEqual(run.call_count, 1)\n"
    ),
    "import subprocess\ndef greet():\n    return subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout\n",
)
shape(
    "patch open",
    case(
        "    @patch('builtins.open', new_callable=mock_open, read_data='text')\n    def test_a(self, opened):\n        self.assertEqual(load('a.txt'), 'text')\n        opened.assert_called_once_with('a.txt')\n"
    ),
    "def load(path):\n    with open(path) as file:\n        return file.read()\n",
)
shape(
    "patch open inside the solution",
    case(
        "    @patch('your_module.open', new_callable=mock_open)\n    def test_a(self, opened):\n        store('a.txt', 'x')\n        opened().write.assert_called_once_with('x')\n",
        "from your_module import store",
    ),
    "def store(path, text):\n    with open(path, 'w') as file:\n        file.write(text)\n",
)
shape(
    "patch input and print",
    case(
        "    @patch('builtins.print')\n    @patch('builtins.input', return_value='ann')\n    def test_a(self, asked, printed):\n        hello()\n        printed.assert_called_with('hello ann')\n"
    ),
    "def hello():\n    print('hello ' + input('who? '))\n",
)
shape(
    "patch the function that is tested",
    case(
        "    @patch('__main__.add')\n    def test_a(self, mock_add):\n        mock_add.return_value = 7\n        self.assertEqual(add(1, 2), 7)\n"
    ),
    ADD,
)
shape(
    "patch.object on the solution",
    case(
        "    @patch.object(your_module, 'helper', return_value=5)\n    def test_a(self, helper):\n        self.assertEqual(your_module.work(), 5)\n        helper.assert_called_once()\n",
        "import your_module",
    ),
    "def helper():\n    return 1\ndef work():\n    return helper()\n",
)
shape(
    "patch.object on a class of the solution",
    case(
        "    @patch.object(Mailer, 'send')\n    def test_a(self, send):\n        notify('x')\n        send.assert_called_once_with('x')\n",
        "from your_module import Mailer, notify",
    ),
    "class Mailer:\n    def send(self, text):\n        raise OSError\ndef notify(text):\n    Mailer().send(text)\n",
)
shape(
    "patch.dict",
    case(
        "    @patch.dict('os.environ', {'TOKEN': 't'})\n    def test_a(self):\n        self.assertEqual(token(), 't')\n"
    ),
    "import os\ndef token():\n    return os.environ['TOKEN']\n",
)
shape(
    "patch as a context",
    case(
        "    def test_a(self):\n        with patch('random.randint', return_value=4) as dice:\n            self.assertEqual(roll(), 4)\n        dice.assert_called_once_with(1, 6)\n"
    ),
    "import random\ndef roll():\n    return random.randint(1, 6)\n",
)
shape(
    "patcher in setUp",
    case(
        "    def setUp(self):\n        self.patcher = patch('time.time', return_value=10.0)\n        self.patcher.start()\n        self.addCleanup(self.patcher.stop)\n    def test_a(self):\n        self.assertEqual(now(), 10.0)\n"
    ),
    "import time\ndef now():\n    return time.time()\n",
)
shape(
    "side effects",
    case(
        "    @patch('urllib.request.urlopen')\n    def test_a(self, urlopen):\n        urlopen.side_effect = [OSError('down'), MagicMock(status=200)]\n        self.assertIsNone(status('u'))\n        self.assertEqual(status('u'), 200)\n        urlopen.assert_has_calls([call('u'), call('u')])\n"
    ),
    "import urllib.request\ndef status(url):\n    try:\n        return urllib.request.urlopen(url).status\n    except OSError:\n        return None\n",
)
shape(
    "side effect that is a function",
    case(
        "    @patch('random.shuffle', side_effect=lambda x: x.reverse())\n    def test_a(self, shuffle):\n        self.assertEqual(mixed([1, 2]), [2, 1])\n"
    ),
    "import random\ndef mixed(items):\n    random.shuffle(items)\n    return items\n",
)
shape(
    "reset between calls",
    case(
        "    @patch('os.remove')\n    def test_a(self, remove):\n        drop('a')\n        remove.assert_called_once_with('a')\n        remove.reset_mock()\n        drop('b')\n        remove.assert_called_once_with('b')\n"
    ),
    "import os\ndef drop(path):\n    os.remove(path)\n",
)
shape(
    "raises",
    case(
        "    def test_a(self):\n        with self.assertRaises(ValueError) as caught:\n            check(-1)\n        self.assertEqual(str(caught.exception), 'negative')\n        self.assertRaises(TypeError, check)\n        with self.assertRaisesRegex(ValueError, 'neg'):\n            check(-2)\n"
    ),
    "def check(n):\n    if n < 0:\n        raise ValueError('negative')\n",
)
shape(
    "own exception",
    case(
        "    def test_a(self):\n        with self.assertRaises(Refused):\n            go()\n",
        "from your_module import Refused, go",
    ),
    "class Refused(Exception):\n    pass\ndef go():\n    raise Refused('no')\n",
)
shape(
    "class with an operator of its own",
    case(
        "    def test_a(self):\n        self.assertEqual(Point(1, 2) + Point(1, 1), Point(2, 3))\n        self.assertNotEqual(Point(1, 2), Point(2, 1))\n"
    ),
    "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n    def __add__(self, other):\n        return Point(self.x + other.x, self.y + other.y)\n    def __eq__(self, other):\n        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)\n",
)
shape(
    "data class, named tuple and enum",
    case(
        "    def test_a(self):\n        self.assertEqual(load(), User('ann', 3))\n        self.assertEqual(pair(), (1, 2))\n        self.assertEqual(color().value, 1)\n        self.assertEqual([load()], [User('ann', 3)])\n"
    ),
    "import enum\nfrom collections import namedtuple\nfrom dataclasses import dataclass\n@dataclass\nclass User:\n    name: str\n    age: int\nPair = namedtuple('Pair', 'a b')\nclass Color(enum.IntEnum):\n    RED = 1\ndef load():\n    return User('ann', 3)\ndef pair():\n    return Pair(1, 2)\ndef color():\n    return Color.RED\n",
)
shape(
    "ANY in the expectation",
    case(
        "    def test_a(self):\n        self.assertEqual(row(), {'id': ANY, 'name': 'a'})\n        with patch('os.rename') as rename:\n            move('a')\n        rename.assert_called_once_with('a', ANY)\n",
        "from unittest.mock import ANY",
    ),
    "import os\ndef row():\n    return {'id': 5, 'name': 'a'}\ndef move(path):\n    os.rename(path, path + '2')\n",
)
shape(
    "mock returned by the solution",
    case(
        "    @patch('sqlite3.connect')\n    def test_a(self, connect):\n        self.assertEqual(opened(), connect.return_value)\n        self.assertIs(opened(), connect())\n"
    ),
    "import sqlite3\ndef opened():\n    return sqlite3.connect('a')\n",
)
shape(
    "mocks with a specification",
    case(
        "    def test_a(self):\n        sock = Mock(spec=socket.socket)\n        sock.recv.return_value = b'x'\n        self.assertEqual(read(sock), b'x')\n        self.assertIsInstance(sock, socket.socket)\n        sock.recv.assert_called_with(10)\n",
        "import socket",
    ),
    "def read(sock):\n    return sock.recv(10)\n",
)
shape(
    "autospec",
    case(
        "    @patch('your_module.helper', autospec=True)\n    def test_a(self, helper):\n        helper.return_value = 2\n        self.assertEqual(your_module.work(3), 2)\n        helper.assert_called_once_with(3)\n",
        "import your_module",
    ),
    "def helper(n):\n    return n\ndef work(n):\n    return helper(n)\n",
)
shape(
    "magic methods",
    case(
        "    @patch('your_module.Client')\n    def test_a(self, client):\n        rows = MagicMock()\n        client.return_value.__enter__.return_value.__getitem__.return_value = rows\n        rows.__iter__.return_value = iter([1, 2])\n        self.assertEqual(your_module.all_rows(), [1, 2])\n        self.assertEqual(client.mock_calls[0], call())\n",
        "import your_module",
    ),
    "class Client:\n    pass\ndef all_rows():\n    with Client() as client:\n        return list(client['rows'])\n",
)
shape(
    "coroutines",
    "import unittest\nfrom unittest.mock import AsyncMock, patch\n\nclass Test(unittest.IsolatedAsyncioTestCase):\n    @patch('your_module.fetch', new_callable=AsyncMock)\n    async def test_a(self, fetch):\n        fetch.return_value = 3\n        self.assertEqual(await your_module.double(), 6)\n        fetch.assert_awaited_once()\n\nimport your_module\n",
    "async def fetch():\n    return 1\nasync def double():\n    return 2 * await fetch()\n",
)
shape(
    "asyncio.run in a test",
    case(
        "    def test_a(self):\n        self.assertEqual(asyncio.run(work()), 1)\n",
        "import asyncio\nfrom your_module import work",
    ),
    "import asyncio\nasync def work():\n    await asyncio.sleep(0)\n    return 1\n",
)
shape(
    "set-up of class and module",
    case(
        "    conn = None\n    @classmethod\n    def setUpClass(cls):\n        cls.conn = [1]\n    def setUp(self):\n        self.items = list(self.conn) + STARTED\n    def tearDown(self):\n        del self.items\n    def test_a(self):\n        self.assertEqual(count(self.items), 2)\n",
        "STARTED = []\ndef setUpModule():\n    STARTED.append(1)\n",
    ),
    "def count(items):\n    return len(items)\n",
)
shape(
    "mixin, inheritance, helpers and sub-tests",
    "import unittest\nclass Mixin:\n    def assertSum(self, a, b, c):\n        self.assertEqual(add(a, b), c)\nclass Base(Mixin, unittest.TestCase):\n    def test_a(self):\n        self.assertSum(1, 2, 3)\nclass TestMore(Base):\n    def test_b(self):\n        for a, b in ((1, 2), (3, 4)):\n            with self.subTest(a=a):\n                self.assertEqual(add(a, b), a + b)\n",
    ADD,
)
shape(
    "bare asserts",
    case(
        "    def test_a(self):\n        assert add(1, 2) == 3\n        assert 'a' in add(['a'], [])\n        assert add(1, 1)\n        assert not add(0, 0), 'zero'\n"
    ),
    ADD,
)
shape(
    "no assertion at all",
    case("    @patch('builtins.input', return_value='1 + 1')\n    def test_a(self, asked):\n        work()\n"),
    "def work():\n    return len(input())\n",
)
shape(
    "branches, loops, early return",
    case(
        "    def test_a(self):\n        try:\n            self.assertEqual(add(1, 2), 3)\n        finally:\n            pass\n        if add(1, 1) == 2:\n            return\n        self.fail('no')\n"
    ),
    ADD,
)
shape(
    "standard output",
    case(
        "    def test_a(self):\n        out = io.StringIO()\n        with contextlib.redirect_stdout(out):\n            show()\n        self.assertEqual(out.getvalue(), 'x\\n')\n    @patch('sys.stdout', new_callable=io.StringIO)\n    def test_b(self, out):\n        show()\n        self.assertEqual(out.getvalue().strip(), 'x')\n",
        "import contextlib\nimport io",
    ),
    "def show():\n    print('x')\n",
)
shape(
    "logs, warnings, files",
    case(
        "    def test_a(self):\n        with self.assertLogs('app', level='ERROR') as logs:\n            noisy()\n        self.assertIn('bad', logs.output[0])\n        with self.assertWarns(UserWarning):\n            warn()\n        with tempfile.TemporaryDirectory() as folder:\n            path = os.path.join(folder, 'a')\n            store(path)\n            self.assertTrue(os.path.exists(path))\n",
        "import os\nimport tempfile",
    ),
    "import logging\nimport warnings\ndef noisy():\n    logging.getLogger('app').error('bad %s', 'x', stack_info=True)\ndef warn():\n    warnings.warn('old')\ndef store(path):\n    with open(path, 'w') as file:\n        file.write('x')\n",
)
shape(
    "solution that formats tracebacks",
    case(
        "    def test_a(self):\n        self.assertIn('ZeroDivisionError', text())\n        self.assertEqual(where(), 'where')\n"
    ),
    "import inspect\nimport sys\nimport traceback\ndef text():\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        return traceback.format_exc() + str(sys.exc_info()[2].tb_frame.f_code.co_filename)\ndef where():\n    return inspect.currentframe().f_code.co_name\n",
)
shape(
    "solution with threads, signals, decorators",
    case(
        "    def test_a(self):\n        self.assertEqual(total([1, 2]), 3)\n        self.assertEqual(limited(), 'late')\n"
    ),
    "import functools\nimport inspect\nimport signal\nfrom concurrent.futures import ThreadPoolExecutor\ndef checked(f):\n    inspect.signature(f)\n    @functools.wraps(f)\n    def inner(*args):\n        return f(*args)\n    return inner\n@checked\ndef total(items):\n    with ThreadPoolExecutor(2) as pool:\n        return sum(pool.map(int, items))\ndef limited():\n    def late(number, frame):\n        raise TimeoutError\n    signal.signal(signal.SIGALRM, late)\n    signal.setitimer(signal.ITIMER_REAL, 0.01)\n    try:\n        while True:\n            pass\n    except TimeoutError:\n        return 'late'\n    finally:\n        signal.setitimer(signal.ITIMER_REAL, 0)\n",
)
shape(
    "solution that pickles and evaluates",
    case(
        "    def test_a(self):\n        self.assertEqual(copy({'a': [1]}), {'a': [1]})\n        self.assertEqual(value('1 + 1'), 2)\n"
    ),
    "import copy as copies\nimport pickle\nclass Thing:\n    pass\ndef copy(value):\n    copies.deepcopy(Thing())\n    pickle.loads(pickle.dumps(Thing()))\n    return pickle.loads(pickle.dumps(value))\ndef value(text):\n    exec('x = 1')\n    return eval(text)\n",
)
shape(
    "solution with tests of its own",
    case("    def test_a(self):\n        self.assertEqual(add(1, 2), 3)\n"),
    "import unittest\nfrom unittest import mock\n"
    + ADD
    + "class TestOwn(unittest.TestCase):\n    def test_own(self):\n        self.assertEqual(add(1, 1), 2)\nif __name__ == '__main__':\n    unittest.main()\n",
)
shape(
    "web application",
    case(
        "    def setUp(self):\n        self.app = app.test_client()\n    def test_a(self):\n        answer = self.app.get('/hello?name=ann')\n        self.assertEqual(answer.status_code, 200)\n        self.assertEqual(answer.data, b'hello ann')\n",
        "from your_flask_app import app  # replace with your actual Flask app",
    ),
    "from flask import Flask, request\napp = Flask(__name__)\n@app.route('/hello')\ndef hello():\n    return 'hello ' + request.args['name']\n",
)
shape(
    "client at the top of the file",
    "import unittest\nfrom your_flask_app import app\nclient = app.test_client()\nclass Test(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(client.get('/').get_json(), {'a': 1})\n",
    "from flask import Flask, jsonify\napp = Flask(__name__)\n@app.route('/')\ndef page():\n    return jsonify(a=1)\n",
)
shape(
    "request of another application",
    case(
        "    def setUp(self):\n        self.app = Flask(__name__)\n    @patch('your_flask_app.request', Mock(args={'a': '1'}))\n    def test_a(self):\n        with self.app.test_request_context():\n            self.assertEqual(page(), {'a': '1'})\n",
        "from flask import Flask\nfrom your_flask_app import page",
    ),
    "from flask import request\ndef page():\n    return dict(request.args)\n",
)
shape(
    "tables",
    case(
        "    @patch('pandas.read_csv')\n    def test_a(self, read):\n        read.return_value = pd.DataFrame({'a': [1, 2]})\n        self.assertEqual(total('x.csv'), 3)\n        self.assertTrue((doubled([1, 2]) == np.array([2, 4])).all())\n        pd.testing.assert_frame_equal(table(), pd.DataFrame({'a': [1]}))\n",
        "import numpy as np\nimport pandas as pd",
    ),
    "import numpy as np\nimport pandas as pd\ndef total(path):\n    return int(pd.read_csv(path)['a'].sum())\ndef doubled(items):\n    return np.array(items) * 2\ndef table():\n    return pd.DataFrame({'a': [1]})\n",
)
