# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def test_arithmetic(self):
        for formula, value in {
            "1 + 2 * 3": 7,
            "(1 + 2) * 3": 9,
            "10 - 4 - 3": 3,
            "7 / 2": 3.5,
            "7 // 2": 3,
            "-7 // 2": -4,
            "-7 % 3": 2,
            "2 ** 3 ** 2": 512,
            "-2 ** 2": -4,
            "2 ** -1": 0.5,
            "+5 - -3": 8,
            ".5 + 2.5e3": 2500.5,
            "  4*( 2 )  ": 8,
        }.items():
            self.assertEqual(self.solution.evaluate(formula, {}), value, formula)

    def test_comparisons(self):
        for formula, value in {
            "1 < 2": True,
            "2 < 2": False,
            "2 <= 2": True,
            "2 > 2": False,
            "3 >= 2 + 1": True,
            "3 >= 4": False,
            "1 == 1.0": True,
            "1 != 1": False,
            "1 < 2 < 3": True,
            "1 < 2 > 5": False,
            "5 < 2 < 9": False,
        }.items():
            self.assertIs(self.solution.evaluate(formula, {}), value, formula)

    def test_names_of_other_cells(self):
        cells = {"A1": 2.5, "B2": 4, "total": -1}
        self.assertEqual(self.solution.evaluate("A1 * B2 + total", cells), 9)
        self.assertEqual(self.solution.evaluate("B2", cells), 4)
        self.assertIs(self.solution.evaluate("A1 > total", cells), True)

    def test_functions(self):
        cells = {"A1": -2.4, "B2": 4}
        for formula, value in {
            "abs(A1)": 2.4,
            "round(A1)": -2,
            "max(1, B2, A1)": 4,
            "min(1, B2, A1)": -2.4,
            "2 * max(abs(A1), min(B2 - 1, 7)) ** 2": 18,
        }.items():
            self.assertEqual(self.solution.evaluate(formula, cells), value, formula)

    def test_what_is_no_formula(self):
        for formula in ("", "   ", "1 +", "2 2", "(1", "= 1", "B2", "text(1)", "abs", "'7'", "[1, 2]", "1; 2", "max(1, 'x')", "A1(2)"):
            with self.assertRaises(ValueError):
                self.solution.evaluate(formula, {"A1": 1})

    def test_division_by_zero(self):
        for formula in ("1 / 0", "5 // (2 - 2)", "5 % A1", "A1 ** -1"):
            with self.assertRaises(ZeroDivisionError):
                self.solution.evaluate(formula, {"A1": 0})

    def test_value_out_of_range(self):
        self.assertAlmostEqual(self.solution.evaluate("9 * 10 ** 99", {}) / 9e99, 1)
        for formula in ("10 ** 101", "-10 ** 101", "A1", "1e50 * 1e51", "(-8) ** 0.5"):
            with self.assertRaises(ValueError):
                self.solution.evaluate(formula, {"A1": 1e101})

    def test_length_of_a_formula(self):
        self.assertEqual(self.solution.evaluate("10000" + 45 * "+0.25000000", {}), 10011.25)
        with self.assertRaises(ValueError):
            self.solution.evaluate("100000" + 45 * "+0.25000000", {})
