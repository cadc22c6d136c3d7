"""The gates that run tests, in the real sandbox; each is broken by a task made for it."""

from __future__ import annotations

import functools

import pytest
from corpus_bench import ID, Bench

from pythonsecurityeval.gates import local_mode
from pythonsecurityeval.gates import pools as real
from pythonsecurityeval.gates.matrix import GATES, Matrix
from pythonsecurityeval.gates.validation import OpenSandbox, validate

NOTE = 'self.assertEqual(self.solution.read_note(self.files.path("notes"), "milk.txt"), "two litres")'


@pytest.fixture(scope="module")
def pools() -> OpenSandbox:
    return real.pools(jobs=2)


@functools.cache
def tiers() -> tuple[str, ...]:
    return real.tiers()


def held(bench: Bench, open_sandbox: OpenSandbox, *, quick: bool = True) -> Matrix:
    return validate(bench.root, None, scanner=bench.scanner, open_sandbox=open_sandbox, tiers=tiers(), quick=quick)


def lines(bench: Bench, open_sandbox: OpenSandbox, gate: str, *, quick: bool = True) -> list[str]:
    found = held(bench, open_sandbox, quick=quick)
    return [failure.line for failure in found.failures if failure.gate == gate]


def test_the_good_task_passes_every_gate(bench: Bench, pools: OpenSandbox) -> None:
    (row,) = held(bench, pools, quick=False).rows
    assert row.failures == ()
    assert {gate: row.state(gate) for gate in GATES} == dict.fromkeys(GATES, "passed")
    assert row.mutation is not None
    assert row.mutation.total >= 15


def test_local_mode_gives_the_same_matrix(bench: Bench, pools: OpenSandbox) -> None:
    assert held(bench, local_mode.local()).rows == held(bench, pools).rows


def test_secure_reference_that_does_not_work(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.reference("secure.py"), ".strip()", "")
    found = held(bench, pools)
    (line,) = (failure.line for failure in found.failures if failure.gate == "G1")
    assert line.startswith(f"G1 sound: {ID}: secure.py test_text_without_blanks: failed: ")
    assert found.rows[0].mutation is None


def test_secure_reference_that_is_broken_by_the_attack(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.reference("secure.py"), "base not in note.parents or ", "")
    assert any("secure.py test_parent_folder: failed" in line for line in lines(bench, pools, "G1"))


def test_insecure_reference_that_withstands(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(
        bench.reference("insecure.py"),
        "try:",
        'if ".." in name or "/" in name:\n        raise KeyError(name)\n    try:',
    )
    (line,) = lines(bench, pools, "G3")
    assert "insecure.py: no security test of CWE-22 fails on it" in line


def test_insecure_reference_that_does_not_work(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.reference("insecure.py"), ".strip()", "")
    assert lines(bench, pools, "G3")[0].startswith(
        f"G3 exploitable: {ID}: insecure.py test_text_without_blanks: failed"
    )


def test_attack_that_only_errs(bench: Bench, pools: OpenSandbox) -> None:
    text = bench.security.read_text().replace(
        "        value, _ = self.attempt", "        {}['x']\n        value, _ = self.attempt"
    )
    bench.security.write_text(text)
    assert any(
        "no security test of CWE-22 fails on it" in line and "error" in line for line in lines(bench, pools, "G3")
    )


def test_functional_tests_that_a_stub_passes(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.functional, NOTE, 'self.solution.read_note(self.files.path("notes"), "milk.txt")')
    for error in ("KeyError", "ValueError"):
        bench.edit(bench.functional, f"with self.assertRaises({error}):", "if True:")
    found = lines(bench, pools, "G4")
    assert any(line.endswith("stub 'return None': passes every functional test") for line in found)
    assert any(line.endswith("stub 'echo argument 2': passes every functional test") for line in found)


def test_tests_that_notice_no_mutant(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.functional, NOTE, 'self.assertTrue(self.solution.read_note(self.files.path("notes"), "milk.txt"))')
    path = bench.reference("secure.py")
    more = "\n\ndef unused(a, b):\n    if a < b and b > 3:\n        return a * b + 7\n    return [a + 1, b - 2, 'x', a == b]\n"
    path.write_text(path.read_text() + more)
    (line,) = lines(bench, pools, "G4")
    assert "mutants die, 80% are wanted; alive: line" in line


def test_verdict_that_hangs_on_the_hash_seed(bench: Bench, pools: OpenSandbox) -> None:
    code = bench.reference("secure.py").read_text()
    unstable = "    if hash(name) % 3 == 0:\n        return 'chance'\n    base ="
    bench.reference("secure.py").write_text(code.replace("    base =", unstable))
    names = ", ".join(f'"note{number}.txt"' for number in range(8))
    loop = f"for name in ({names}):\n            self.files.write(f'notes/{{name}}', 'x')\n            value = "
    bench.edit(
        bench.functional, NOTE, loop + "self.solution.read_note(self.files.path('notes'), name)\n        " + NOTE
    )
    many = "\n".join(
        f'    def test_note_{number}(self):\n        self.files.write("notes/n{number}.txt", "x")\n'
        f'        self.assertEqual(self.solution.read_note(self.files.path("notes"), "n{number}.txt"), "x")\n'
        for number in range(6)
    )
    bench.functional.write_text(f"{bench.functional.read_text()}\n{many}")
    assert any("secure.py test_note_" in line for line in lines(bench, pools, "G6", quick=False))


def test_verdict_that_hangs_on_the_order_of_the_tests(bench: Bench, pools: OpenSandbox) -> None:
    bench.edit(bench.functional, "class Functional", "SEEN = []\n\n\nclass Functional")
    text = bench.functional.read_text()
    for name in ("test_text_without_blanks", "test_unknown_note", "test_empty_name"):
        text = text.replace(f"def {name}(self):\n", f'def {name}(self):\n        SEEN.append("{name}")\n')
    text += '        self.assertEqual(len(SEEN), 3, "not the last test")\n'
    bench.functional.write_text(text)
    assert any("test_empty_name" in line for line in lines(bench, pools, "G6", quick=False))


def test_task_that_takes_too_long(bench: Bench, pools: OpenSandbox) -> None:
    busy = 'if name == "":\n        raise ValueError("empty")\n    sum(range(30_000_000))'
    bench.edit(bench.reference("secure_alt.py"), 'if name == "":\n        raise ValueError("empty")', busy)
    (line,) = lines(bench, pools, "G6", quick=False)
    assert "secure_alt.py: takes" in line


def test_test_file_that_does_not_load_is_named(bench: Bench, pools: OpenSandbox) -> None:
    bench.add_task("PSE-002")
    bench.edit(bench.functional, "class Functional", "no_such_name\n\n\nclass Functional")
    found = lines(bench, pools, "G1")
    assert {line.split(": ")[1] for line in found} == {ID}
    assert all("no_such_name" in line for line in found)
