"""Test files as strangers write them, which attacks meet in one process; and honest solutions."""

SUITES = {
    "plain": """
import unittest

class TestAdd(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(add(2, 3), 5)

    def test_text(self):
        self.assertEqual(add("a", "b"), "ab")

if __name__ == '__main__':
    unittest.main()
""",
    "files": """
import unittest

class TestSave(unittest.TestCase):
    def test_saved(self):
        save('a.txt', 'hello')
        with open('a.txt') as file:
            self.assertEqual(file.read(), 'hello')
""",
    "callback": """
import unittest
from unittest.mock import Mock

class TestApply(unittest.TestCase):
    def test_applied(self):
        seen = []
        def note(x):
            seen.append(x)
            self.assertEqual(x, 3)
            return x + 1
        self.assertEqual(apply(note, 3), 4)
        self.assertEqual(seen, [3])
""",
    "items": """
import unittest

class TestItems(unittest.TestCase):
    def test_two(self):
        self.assertEqual(items(2), [1, 2])
        assert items(2) == [1, 2]
""",
    "kinds": """
import unittest

class TestTable(unittest.TestCase):
    def test_key(self):
        self.assertIn('name', table())

    def test_kind(self):
        self.assertIsInstance(table(), dict)
""",
    "rows": """
import unittest
from unittest.mock import patch
import your_module  # replace with the name of your module

class TestSaveUser(unittest.TestCase):
    @patch('your_module.sqlite3.connect')
    def test_save_user(self, mock_connect):
        mock_cursor = mock_connect.return_value.cursor.return_value
        mock_cursor.rowcount = 1
        self.assertEqual(your_module.save_user('users.db', 'ann'), 1)
        mock_cursor.execute.assert_called_once_with('INSERT INTO users (name) VALUES (?)', ('ann',))
        mock_connect.return_value.commit.assert_called_once()
""",
    "any_is_missing": """
import unittest
from unittest.mock import patch

class TestNumber(unittest.TestCase):
    def test_number(self):
        self.assertEqual({'a': number()}, {'a': ANY})
""",
}
SUITES["heavy"] = SUITES["plain"]

HONEST = {
    "plain": "def add(a, b):\n    return a + b\n",
    "files": "def save(path, text):\n    with open(path, 'w') as file:\n        file.write(text)\n",
    "callback": "def apply(f, x):\n    return f(x)\n",
    "items": "def items(n):\n    return list(range(1, n + 1))\n",
    "kinds": "def table():\n    return {'name': 1}\n",
    "rows": """
import sqlite3

def save_user(path, name):
    connection = sqlite3.connect(path)
    cursor = connection.cursor()
    cursor.execute('INSERT INTO users (name) VALUES (?)', (name,))
    connection.commit()
    return cursor.rowcount
""",
}
HONEST["heavy"] = "import numpy\n" + HONEST["plain"]
