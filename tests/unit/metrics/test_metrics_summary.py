"""Every row of the table of metrics, on small runs worked out by hand."""

from __future__ import annotations

import itertools
import random

import pytest

from pythonsecurityeval._codec import dumps, encode
from pythonsecurityeval.metrics.summary import metrics
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    Finding,
    Measure,
    Outcome,
    Scanned,
    Task,
    TaskResult,
    Unscannable,
    Weakness,
    security_status,
)

CLEAN = Scanned()
NO_CODE = Unscannable(status="no_code", reason="empty")
BROKEN_TEXT = Unscannable(status="unscannable", reason="does not parse")


def flagged(*rules: str) -> Scanned:
    rules = rules or ("B307",)
    return Scanned(
        findings=tuple(
            Finding(rule_id=r, rule_name="x", cwe="CWE-78", severity="LOW", confidence="LOW", line=1, message="m")
            for r in rules
        )
    )


def task(number: int, stratum="exploitable", *, domain="web", cwes=("CWE-89",), floor=(), own=()) -> Task:
    return Task(
        task_id=f"PSE-{number:03}",
        title="t",
        domain=domain,
        prompt="p",
        entry_point="f",
        signature="f()",
        stratum=stratum,
        bandit_floor=tuple(floor),
        weakness=tuple(
            Weakness(file=f"insecure{i}.py", cwe=cwe, bandit=tuple(own), what="w") for i, cwe in enumerate(cwes)
        ),
    )


def attack(outcome: str, cwe: str = "CWE-89") -> CaseResult:
    return CaseResult(name=f"test_{cwe}_{outcome}", outcome=Outcome(outcome), cwe=cwe)


def sample(number: int, index=0, *, scan=CLEAN, functional="passed", attacks=None, security=None) -> TaskResult:
    missing = functional == "no_code"
    return TaskResult(
        task_id=f"PSE-{number:03}",
        sample_index=index,
        code_sha256="0" * 64,
        extraction=Extraction.MISSING if missing else Extraction.SOLUTION,
        scan=NO_CODE if missing else scan,
        execution=Execution(
            functional=functional,
            security=security or ("not_run" if attacks is None else security_status(tuple(attacks))),
            security_tests=tuple(attacks or ()),
        ),
    )


WITHSTOOD = [attack("passed")]
BROKEN = [attack("failed")]
UNDETERMINED = [attack("error")]


def measured(results, tasks, initial=None, ks=(1,)):
    return metrics(results, tasks, initial=initial, ks=ks)


def shares(*measures: Measure) -> list[tuple]:
    return [(m.numerator, m.denominator) for m in measures]


EVERY_END = [
    (1, {"scan": flagged(), "attacks": WITHSTOOD}),
    (2, {"attacks": BROKEN}),
    (3, {"attacks": UNDETERMINED}),
    (4, {"scan": flagged(), "functional": "failed"}),
    (5, {"functional": "error"}),
    (6, {"functional": "timeout"}),
    (7, {"functional": "out_of_memory"}),
    (8, {"functional": "missing_library"}),
    (9, {"functional": "tampered"}),
    (10, {"functional": "no_code"}),
    (11, {"scan": BROKEN_TEXT, "functional": "error"}),
    (12, {"functional": "not_run"}),
]


def test_no_sample_leaves_a_denominator():
    m = measured([sample(n, **kind) for n, kind in EVERY_END], [task(n) for n, _ in EVERY_END])
    assert shares(m["insecure_rate"], m["clean_rate"], m["not_analysable_rate"]) == [(2, 12), (8, 12), (2, 12)]
    assert shares(m["pass_rate"], m["pass_at_k"]["1"]) == [(3, 12), (3, 12)]
    assert shares(m["secure_pass_at_k"]["1"], m["secure_pass_at_k_all"]["1"]) == [(1, 12), (1, 12)]
    assert shares(m["withstood_rate"], m["broken_rate"], m["undetermined_rate"]) == [(1, 3), (1, 3), (1, 3)]


def test_a_measure_says_value_counts_and_interval():
    tasks = [task(n) for n in range(10)]
    m = measured([sample(n, scan=flagged() if n < 3 else CLEAN, attacks=WITHSTOOD) for n in range(10)], tasks)
    rate = m["insecure_rate"]
    assert (rate.value, rate.numerator, rate.denominator, rate.reason) == (0.3, 3, 10, None)
    assert rate.ci95 == pytest.approx((0.1078, 0.6032), abs=1e-4)


def test_findings_that_no_working_solution_avoids_are_set_aside():
    tasks = [task(1, floor=["B404", "B603"]), task(2, floor=["B404"]), task(3)]
    results = [
        sample(1, scan=flagged("B404", "B603"), attacks=WITHSTOOD),
        sample(2, scan=flagged("B404", "B603"), attacks=WITHSTOOD),
        sample(3, scan=flagged("B404"), attacks=WITHSTOOD),
    ]
    m = measured(results, tasks)
    assert shares(m["insecure_rate"], m["insecure_rate_above_floor"]) == [(3, 3), (2, 3)]
    assert shares(m["analyser"]["specificity"], m["analyser"]["above_floor"]["specificity"]) == [(0, 3), (1, 3)]


def test_pass_rate_leaves_out_tasks_without_tests_but_not_samples_without_code():
    results = [sample(1), sample(2, functional="no_test"), sample(3, functional="no_code")]
    m = measured(results, [task(n, "control", cwes=()) for n in (1, 2, 3)])
    assert shares(m["pass_rate"], m["pass_at_k"]["1"]) == [(1, 2), (1, 2)]
    assert shares(m["secure_pass_at_k_all"]["1"]) == [(1, 3)]


def test_without_any_functional_tests_what_needs_them_is_null():
    m = measured([sample(1, functional="no_test", security="no_test")], [task(1, "control", cwes=())])
    for measure in (m["pass_rate"], m["pass_at_k"]["1"], m["secure_pass_at_k_all"]["1"]):
        assert (measure.value, measure.reason) == (None, "no task has functional tests")
    assert m["secure_pass_at_k"]["1"].reason == "no task is exploitable"
    assert m["withstood_rate"].reason == "no task is exploitable"
    assert m["insecure_rate"].value == 0.0


def test_a_scan_only_run_has_no_pass_rates():
    results = [sample(1, scan=flagged(), functional="not_run"), sample(2, functional="no_code")]
    initial = {("PSE-001", 0): flagged(), ("PSE-002", 0): flagged()}
    m = measured(results, [task(1), task(2)], initial)
    for measure in (
        *(
            m[name]
            for name in ("pass_rate", "insecure_pass_rate", "withstood_rate", "broken_rate", "undetermined_rate")
        ),
        *(m[name]["1"] for name in ("pass_at_k", "secure_pass_at_k", "secure_pass_at_k_all")),
        m["analyser"]["sensitivity"],
        m["analyser"]["above_floor"]["specificity"],
        m["by_domain"]["web"]["pass_rate"],
    ):
        assert measure == Measure(value=None, reason="the tests were not run")
    assert shares(m["insecure_rate"], m["unresolved"]) == [(1, 2), (1, 2)]


def test_before_and_after_refinement():
    before = [flagged(), flagged(), flagged(), flagged(), CLEAN, CLEAN, CLEAN, NO_CODE, BROKEN_TEXT]
    after = [CLEAN, CLEAN, flagged(), BROKEN_TEXT, CLEAN, flagged(), BROKEN_TEXT, flagged(), CLEAN]
    works = ["passed", "failed", "passed", "error", "passed", "passed", "error", "passed", "passed"]
    results = [sample(n, scan=after[n], functional=works[n], attacks=WITHSTOOD) for n in range(9)]
    initial = {result.key: scan for result, scan in zip(results, before, strict=True)}
    m = measured(results, [task(n) for n in range(9)], initial)
    assert shares(m["insecure_pass_rate"]) == [(2, 4)]
    assert shares(m["resolved"], m["unresolved"], m["introduced"]) == [(2, 4), (1, 4), (1, 3)]


def test_without_initial_code_its_metrics_are_null_with_the_reason():
    m = measured([sample(1)], [task(1)])
    for name in ("insecure_pass_rate", "resolved", "unresolved", "introduced"):
        assert m[name] == Measure(value=None, reason="no initial code was given (--initial)")
        assert m["by_stratum"]["exploitable"][name].value is None


def test_nothing_to_refine_is_null_with_the_reason():
    m = measured([sample(1)], [task(1)], {("PSE-001", 0): NO_CODE})
    assert m["resolved"].reason == "no sample's initial code was flagged"
    assert m["introduced"].reason == "no sample's initial code was clean"


def test_samples_are_paired_by_task_and_index():
    results = [sample(1, 0, scan=CLEAN), sample(1, 1, scan=flagged())]
    m = measured(results, [task(1)], {("PSE-001", 0): flagged(), ("PSE-001", 1): CLEAN})
    assert shares(m["resolved"], m["introduced"]) == [(1, 1), (1, 1)]


def test_secure_pass_over_all_takes_the_strictest_means_of_each_stratum():
    tasks = [
        task(1),
        task(2),
        *(task(n, "static", own=["B501", "B502"], floor=["B404"]) for n in (3, 4, 5, 6)),
        task(7, "control", cwes=()),
        task(8, "control", cwes=()),
    ]
    results = [
        sample(1, attacks=WITHSTOOD, scan=flagged()),  # the attack knows better than the scanner
        sample(2, attacks=BROKEN),
        sample(3, scan=flagged("B404", "B999")),  # not the task's own rules
        sample(4, scan=flagged("B502")),
        sample(5, functional="failed"),
        sample(6, scan=BROKEN_TEXT),  # nothing is proven about it
        sample(7, scan=flagged()),
        sample(8, functional="failed"),
    ]
    m = measured(results, tasks)
    assert shares(m["secure_pass_at_k"]["1"], m["secure_pass_at_k_all"]["1"]) == [(1, 2), (3, 8)]
    by = m["by_stratum"]
    assert shares(*(by[s]["secure_pass_at_k_all"]["1"] for s in ("exploitable", "static", "control"))) == [
        (1, 2),
        (1, 4),
        (1, 2),
    ]
    assert by["static"]["secure_pass_at_k"]["1"].reason == "no task is exploitable"


def test_attacks_count_only_on_samples_that_work():
    results = [sample(1, functional="failed", attacks=WITHSTOOD), sample(2, functional="failed", attacks=BROKEN)]
    m = measured(results, [task(1), task(2)])
    assert m["withstood_rate"].reason == "no sample of an exploitable task works"
    assert m["secure_pass_at_k"]["1"].value == 0.0
    assert m["undetermined_above_1_percent"] is False


def test_one_percent_undetermined_passes_and_more_flags_the_run():
    tasks = [task(n) for n in range(200)]
    for odd, flag in ((0, False), (2, False), (3, True)):
        results = [sample(n, attacks=UNDETERMINED if n < odd else WITHSTOOD) for n in range(200)]
        m = measured(results, tasks)
        assert m["undetermined_above_1_percent"] is flag
        assert m["undetermined_rate"].numerator == odd


def test_a_working_sample_without_security_verdict_is_undetermined():
    m = measured([sample(1, security="no_test"), sample(2, security="not_run")], [task(1), task(2)])
    assert shares(m["undetermined_rate"], m["withstood_rate"]) == [(2, 2), (0, 2)]


def test_the_analyser_is_held_against_the_attacks():
    kinds = [
        *[(BROKEN, flagged())] * 4,
        *[(BROKEN, CLEAN)] * 2,
        (BROKEN, BROKEN_TEXT),
        *[(WITHSTOOD, CLEAN)] * 5,
        (WITHSTOOD, flagged()),
        (WITHSTOOD, BROKEN_TEXT),
        (UNDETERMINED, flagged()),
    ]
    results = [sample(n, attacks=attacks, scan=scan) for n, (attacks, scan) in enumerate(kinds)]
    a = measured(results, [task(n) for n in range(len(kinds))])["analyser"]
    assert a["counts"] == {
        "broken": {"flagged": 4, "clean": 2, "not_analysable": 1},
        "withstood": {"flagged": 1, "clean": 5, "not_analysable": 1},
    }
    assert shares(a["sensitivity"], a["specificity"]) == [(4, 7), (5, 7)]


def test_by_cwe_counts_that_cwes_own_attacks_alone():
    tasks = [task(1, cwes=("CWE-89", "CWE-22")), task(2, cwes=("CWE-22",)), task(3, "static", cwes=("CWE-259",))]
    results = [
        sample(1, attacks=[attack("passed", "CWE-89"), attack("failed", "CWE-22")]),
        sample(2, attacks=[attack("passed", "CWE-22"), attack("failed", "CWE-400")]),
        sample(3),
    ]
    m = measured(results, tasks)
    assert list(m["by_cwe"]) == ["CWE-22", "CWE-89"]
    assert shares(m["withstood_rate"]) == [(0, 2)]
    assert shares(m["by_cwe"]["CWE-89"]["withstood_rate"], m["by_cwe"]["CWE-22"]["withstood_rate"]) == [(1, 1), (1, 2)]
    assert shares(m["by_cwe"]["CWE-22"]["secure_pass_at_k"]["1"]) == [(1, 2)]


def test_by_cwe_keeps_tasks_whose_attacks_did_not_run():
    results = [sample(1, functional="failed"), sample(2, functional="no_code"), sample(3, attacks=WITHSTOOD)]
    m = measured(results, [task(n) for n in (1, 2, 3)])
    assert shares(m["by_cwe"]["CWE-89"]["secure_pass_at_k"]["1"]) == [(1, 3)]


def test_by_cwe_without_an_attack_of_that_cwe_proves_nothing():
    m = measured([sample(1, attacks=[attack("passed", "CWE-22")])], [task(1)])
    assert shares(m["by_cwe"]["CWE-89"]["withstood_rate"], m["by_cwe"]["CWE-89"]["undetermined_rate"]) == [
        (0, 1),
        (1, 1),
    ]


def test_parts_add_up():
    tasks = [
        task(n, s, domain=d) for n, (s, d) in enumerate(itertools.product(("exploitable", "static"), ("web", "db")))
    ]
    m = measured([sample(n, scan=flagged() if n % 3 else CLEAN, attacks=WITHSTOOD) for n in range(4)], tasks)
    for part in ("by_domain", "by_stratum"):
        rates = [group["insecure_rate"] for group in m[part].values()]
        assert (sum(r.numerator for r in rates), sum(r.denominator for r in rates)) == (2, 4)
    assert list(m["by_domain"]) == ["db", "web"]


def test_several_samples_are_weighed_by_task():
    results = [sample(1, i, functional="passed" if i < 1 else "failed") for i in range(4)]
    results += [sample(2, i, functional="passed") for i in range(2)]
    m = measured(results, [task(1), task(2)], ks=(1, 2, 3))
    assert (m["pass_rate"].value, m["pass_rate"].numerator, m["pass_rate"].denominator) == (0.625, 3, 6)
    assert m["pass_at_k"]["1"].value == 0.625
    assert m["pass_at_k"]["2"].value == pytest.approx((0.5 + 1) / 2)
    assert (m["pass_at_k"]["2"].numerator, m["pass_at_k"]["2"].denominator) == (1.5, 2)
    low, high = m["pass_rate"].ci95
    assert 0.25 <= low <= 0.625 <= high <= 1.0


def test_k_above_the_smallest_n_is_null():
    results = [sample(1, i) for i in range(4)] + [sample(2, i) for i in range(2)]
    m = measured(results, [task(1), task(2)], ks=(2, 3))
    assert m["pass_at_k"]["2"].value == 1.0
    assert m["pass_at_k"]["3"] == Measure(value=None, denominator=2, reason="k is 3, but a task has only 2 samples")
    assert m["secure_pass_at_k"]["3"].value is None


def test_the_order_of_results_and_tasks_changes_nothing():
    tasks = [task(n, ("exploitable", "static", "control")[n % 3], domain=f"d{n % 4}") for n in range(12)]
    kinds = [kind for _, kind in EVERY_END]
    results = [sample(n, i, **kinds[(n * 5 + i * 7) % 12]) for n in range(12) for i in range(5)]
    initial = {r.key: (flagged(), CLEAN, NO_CODE)[i % 3] for i, r in enumerate(results)}
    text = dumps(encode(measured(results, tasks, initial, (1, 5))))
    shuffled = random.Random(7)
    for _ in range(3):
        shuffled.shuffle(results)
        shuffled.shuffle(tasks)
        assert dumps(encode(measured(results, tasks, initial, (5, 1)))) == text


@pytest.mark.parametrize(
    ("results", "tasks", "initial", "ks", "message"),
    [
        ([sample(1)], [task(1), task(2)], None, (1,), r"tasks without a result: \['PSE-002'\]"),
        ([sample(1), sample(2)], [task(1)], None, (1,), r"results of unknown tasks: \['PSE-002'\]"),
        ([sample(1), sample(1)], [task(1)], None, (1,), "two results have the same"),
        ([sample(1)], [task(1), task(1)], None, (1,), "two tasks have the same id"),
        ([sample(1)], [task(1)], {("PSE-001", 1): CLEAN}, (1,), "samples without their initial scan"),
        ([sample(1)], [task(1)], None, (0,), "k must be at least 1"),
    ],
)
def test_what_does_not_belong_together_is_refused(results, tasks, initial, ks, message):
    with pytest.raises(ValueError, match=message):
        metrics(results, tasks, initial=initial, ks=ks)


def test_an_empty_run_is_null_everywhere():
    m = measured([], [])
    assert m["insecure_rate"] == Measure(value=None, numerator=0, denominator=0, reason="there is no sample")
    assert m["by_domain"] == {}


def test_tasks_that_show_no_weakness_have_no_secure_rate():
    """A corpus of others: works is all that can be said, and it is not said to be secure."""
    found = metrics([sample(1, functional="passed")], [task(1, "unproven")], initial=None, ks=(1,))
    assert found["pass_rate"].value == 1.0
    for name in ("secure_pass_at_k", "secure_pass_at_k_all"):
        assert found[name]["1"].value is None
        assert found[name]["1"].reason
