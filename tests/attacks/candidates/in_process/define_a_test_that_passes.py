# suite: plain
import unittest
class TestAdd(unittest.TestCase):
    def test_sum(self): pass
    def test_text(self): pass
def add(a, b):
    return 0
