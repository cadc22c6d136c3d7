# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
import re

from pythonsecurityeval.testkit import TaskTest, inside

KEY = bytes(range(32))


class Functional(TaskTest):
    def made(self, numbers, key=KEY):
        """The pseudonyms of one column of numbers."""
        frame = self.given.frame(["customer"], [[number] for number in numbers])
        return [row[0] for row in self.view.frame(self.solution.pseudonymise(frame, "customer", key))["rows"]]

    def test_form(self):
        for key in (KEY, None, b"k" * 16, b"k" * 64):
            for pseudonym in self.made([1, 1001, 9999999], key):
                self.assertIsInstance(pseudonym, str)
                self.assertTrue(re.fullmatch("[0-9a-z]{1,32}", pseudonym), pseudonym)

    def test_equal_and_different_numbers(self):
        for key in (KEY, None):
            ada, bob, again, cyd, ten = self.made([17, 71, 17, 1, 10], key)
            self.assertEqual(ada, again)
            self.assertEqual(len({ada, bob, cyd, ten}), 4)

    def test_same_in_each_delivery(self):
        self.assertEqual(self.made([5, 1001, 2]), self.made([2, 1001, 5])[::-1])

    def test_other_keys_other_pseudonyms(self):
        keys = (KEY, KEY[:16], KEY[16:], b"\xff" + KEY[1:], KEY[:-1] + b"\xff", KEY * 2, KEY + KEY[::-1])
        pseudonyms = [self.made([1001, 1002, 1003], key) for key in keys]
        self.assertEqual(len(set(sum(pseudonyms, []))), 3 * len(keys))

    def test_rest_stays(self):
        frame = self.given.frame(["day", "customer", "sum"], [["Mon", 12, 0.5], ["Tue", 7, 12], ["Tue", 12, 7]])
        told = self.view.frame(self.solution.pseudonymise(frame, column="customer", key=KEY))
        self.assertEqual(told["columns"], ["day", "customer", "sum"])
        self.assertEqual([(day, total) for day, _, total in told["rows"]], [("Mon", 0.5), ("Tue", 12.0), ("Tue", 7.0)])
        self.assertEqual([row[1] for row in told["rows"]], self.made([12, 7, 12]))

    def test_gaps(self):
        self.assertEqual(self.made([1001, None, 7.0]), [self.made([1001])[0], None, self.made([7])[0]])

    @inside
    def before_and_after(key):
        import pandas as pd

        frame = pd.DataFrame({"customer": [3, 4, 3]}, index=["c", "a", "b"])
        result = solution.pseudonymise(frame, "customer", key)
        return list(frame["customer"]), list(result.index), list(result["customer"])

    def test_own_frame_with_the_same_index(self):
        before, index, made = self.before_and_after(KEY)
        self.assertEqual((before, index), ([3, 4, 3], ["c", "a", "b"]))
        self.assertEqual(made, self.made([3, 4, 3]))
