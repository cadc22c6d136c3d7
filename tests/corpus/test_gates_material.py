"""Stubs, mutants, shuffled tests, shingles: what the gates are made of."""

from __future__ import annotations

import ast
import random

import pytest
from corpus_bench import GOOD

from pythonsecurityeval.gates import mutants, similarity, stubs, suites

SECURE = (GOOD / "data/pythonsecurityeval/PSE-001/secure.py").read_text()
FUNCTIONAL = (GOOD / "unit_tests/PSE-001/functional.py").read_text()


# ---- stubs


def test_stubs_do_what_their_name_says() -> None:
    found = stubs.stubs("read(path: str, *rest, encoding: pathlib.Path = None) -> str\nasync go(x)\nLIMIT: int")
    returned = {}
    for name, code in found.items():
        names: dict[str, object] = {}
        exec(compile(code, name, "exec"), names)
        try:
            returned[name] = names["read"]("a", "b", encoding="c")  # type: ignore[operator]
        except ValueError:
            returned[name] = "raised"
        assert names["LIMIT"] is None
    assert returned == {
        "return None": None,
        "raise": "raised",
        "empty list": [],
        "empty dict": {},
        "empty text": "",
        "true": True,
        "false": False,
        "echo argument 1": "a",
        "echo argument 2": "c",
        "echo argument 3": ("b",),
    }


def test_stubs_of_a_class_have_its_methods() -> None:
    found = stubs.stubs("class Box(path: str)\nBox.get(key: str) -> bytes\nBox.clear()")
    names: dict[str, object] = {}
    exec(found["echo argument 1"], names)
    box = names["Box"]("p")  # type: ignore[operator]
    assert box.get("k") == "k"
    assert box.clear() is None


def test_stubs_of_a_function_without_parameters() -> None:
    assert list(stubs.stubs("create_app() -> flask.Flask")) == [
        "return None",
        "raise",
        "empty list",
        "empty dict",
        "empty text",
        "true",
        "false",
    ]


# ---- mutants


def test_mutants_are_the_same_each_time_and_differ_from_the_original() -> None:
    first = mutants.mutants(SECURE, "PSE-001")
    assert first == mutants.mutants(SECURE, "PSE-001")
    shapes = [ast.dump(ast.parse(mutant.code)) for mutant in first]
    assert len(set(shapes)) == len(shapes)
    assert ast.dump(ast.parse(SECURE)) not in shapes
    assert [mutant.line for mutant in first] == sorted(mutant.line for mutant in first)


def test_another_seed_takes_another_sample() -> None:
    source = "\n".join(f"def f{n}(a, b):\n    return a + b if a < b else {n}" for n in range(20))
    assert mutants.mutants(source, "a") != mutants.mutants(source, "b")
    assert len(mutants.mutants(source, "a")) == mutants.LIMIT


@pytest.mark.parametrize(
    ("source", "operator", "mutated"),
    [
        ("x = a == b", "comparison", "x = a != b"),
        ("x = a in b", "comparison", "x = a not in b"),
        ("x = a <= b", "comparison", "x = a < b"),
        ("x = a and b", "boolean", "x = a or b"),
        ("x = not a", "boolean", "x = not not a"),
        ("x = True", "boolean", "x = False"),
        ("if a:\n    b = 1", "boolean", "if not a:\n    b = 1"),
        ("x = 3", "constant", "x = 4"),
        ("x = 4096", "constant", "x = 0"),
        ("x = 'a'", "constant", "x = ''"),
        ("x = b'a'", "constant", "x = b''"),
        ("x = a + b", "arithmetic", "x = a - b"),
        ("def f(a):\n    return a", "return", "def f(a):\n    return None"),
        ("def f(a):\n    a.save()", "statement deletion", "def f(a):\n    pass"),
        ("def f(a):\n    raise KeyError(a)", "statement deletion", "def f(a):\n    pass"),
        ("x = f(a, b)", "argument deletion", "x = f(a)"),
        ("x = f(a, safe=b)", "argument deletion", "x = f(a)"),
    ],
)
def test_operators(source: str, operator: str, mutated: str) -> None:
    found = {(mutant.operator, mutant.code.strip()) for mutant in mutants.mutants(source, "seed")}
    assert (operator, mutated) in found


@pytest.mark.parametrize(
    "source",
    [
        "'a docstring'",
        "import os",
        "f.close()",
        "def f(a: 'int' = None) -> 'str': ...",
        "while n < 3:\n    n = step(n)",
        "SIZE: int = 1 << 16",
        "if __name__ == '__main__':\n    main()",
    ],
)
def test_changes_that_no_test_could_see_are_left_out(source: str) -> None:
    changed = {mutant.label for mutant in mutants.mutants(source, "seed")}
    assert changed <= {"line 2: `step(n)` → `step()`"}


def test_messages_and_timeouts_are_not_changed() -> None:
    source = "def f(a):\n    get(timeout=5)\n    raise ValueError('a' + str(a))"
    changes = {mutant.change for mutant in mutants.mutants(source, "seed")}
    assert changes == {
        "`get(timeout=5)` deleted",
        "`get(timeout=5)` → `get()`",
        "`raise ValueError('a' + str(a))` deleted",
    }


# ---- test files


def test_shuffled_tests_are_the_same_tests_in_another_order() -> None:
    before = [test.name for test in suites.declared(FUNCTIONAL)]
    orders = {tuple(test.name for test in suites.declared(suites.shuffled(FUNCTIONAL, seed))) for seed in range(20)}
    assert {frozenset(order) for order in orders} == {frozenset(before)}
    assert len(orders) > 1
    assert suites.shuffled(FUNCTIONAL, 3) == suites.shuffled(FUNCTIONAL, 3)


def test_names_that_tests_use() -> None:
    source = (
        "class A:\n    def test(self):\n        self.solution.f(1, deep=True)\n"
        "        self.solution.get('LIMIT')\n        self.solution.start('serve', 80)\n        self.solution.get\n"
    )
    assert set(suites.used_names(source)) == {
        ("f", ("deep",), False),
        ("LIMIT", (), True),
        ("serve", (), True),
        ("get", (), False),
    }


# ---- shingles


def test_jaccard() -> None:
    left, right = similarity.prose("a b c d e f"), similarity.prose("a b c d e g")
    assert similarity.jaccard(left, left) == 1.0
    assert similarity.jaccard(left, right) == pytest.approx(1 / 3)
    assert similarity.jaccard(frozenset(), frozenset()) == 0.0


def test_layout_and_comments_do_not_make_a_difference() -> None:
    plain = "def f(a):\n    return a + 1\n"
    assert similarity.code(plain) == similarity.code("# hello\ndef f(a):\n\n        return a + 1  # more\n")
    assert similarity.code(plain) != similarity.code(plain.replace("a", "b"))


def test_no_pair_is_missed() -> None:
    chance = random.Random(7)
    texts = {}
    for number in range(120):
        base = [str(word) for word in random.Random(number % 12).choices(range(30), k=40)]
        for _ in range(chance.randrange(8)):
            base[chance.randrange(40)] = str(chance.randrange(30))
        texts[str(number)] = similarity.prose(" ".join(base))
    found = {frozenset(pair[:2]) for pair in similarity.alike(texts)}
    names = list(texts)
    every = {
        frozenset((left, right))
        for place, left in enumerate(names)
        for right in names[place + 1 :]
        if similarity.jaccard(texts[left], texts[right]) >= similarity.THRESHOLD
    }
    assert found == every
    assert len(every) > 20


def test_published_runs_ship_as_hashes_only() -> None:
    shipped = similarity.shipped_hashes()
    assert len(shipped) > 3000
    assert all(len(line) == 12 and int(line, 16) >= 0 for line in shipped)
    prompt = "Write a Python function to check for the existence of a row in SQLite."
    assert set(similarity.published_hashes([prompt])) <= shipped
    assert similarity.published_run(prompt, shipped) == "write a python function to check for the existence of"
