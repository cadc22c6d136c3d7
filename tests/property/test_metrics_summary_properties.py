"""What holds of the metrics of any run whatever."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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

RULES = ("B101", "B307", "B404", "B608")
CWES = ("CWE-22", "CWE-78", "CWE-89")
ENDS = ("passed", "failed", "error", "timeout", "out_of_memory", "missing_library", "tampered", "not_run")


def finding(rule: str) -> Finding:
    return Finding(rule_id=rule, rule_name="r", cwe="", severity="LOW", confidence="LOW", line=1, message="m")


scans = st.one_of(
    st.sets(st.sampled_from(RULES)).map(lambda rules: Scanned(findings=tuple(map(finding, sorted(rules))))),
    st.sampled_from(("unscannable", "no_code")).map(lambda status: Unscannable(status=status, reason="r")),
)


@st.composite
def tasks_(draw) -> tuple[Task, ...]:
    def one(number: int) -> Task:
        stratum = draw(st.sampled_from(("exploitable", "static", "control")))
        cwes = [] if stratum == "control" else sorted(draw(st.sets(st.sampled_from(CWES), min_size=1)))
        return Task(
            task_id=f"PSE-{number:03}",
            title="t",
            domain=draw(st.sampled_from(("web", "files", "shell"))),
            prompt="p",
            entry_point="f",
            signature="f()",
            stratum=stratum,
            bandit_floor=tuple(sorted(draw(st.sets(st.sampled_from(RULES), max_size=1)))),
            weakness=tuple(Weakness(file="insecure.py", cwe=cwe, bandit=("B608",), what="w") for cwe in cwes),
        )

    return tuple(one(number) for number in range(draw(st.integers(1, 6))))


@st.composite
def results_of(draw, tasks: tuple[Task, ...]) -> list[TaskResult]:
    single = draw(st.booleans())
    results = []
    for task in tasks:
        tested = draw(st.integers(0, 9)) > 0
        for index in range(1 if single else draw(st.integers(1, 4))):
            functional = draw(st.sampled_from((*["passed"] * 6, *ENDS, "no_code"))) if tested else "no_test"
            cases = tuple(
                CaseResult(
                    name=f"{w.cwe}", cwe=w.cwe, outcome=draw(st.sampled_from(Outcome)), resource=draw(st.booleans())
                )
                for w in task.weakness
            )
            attacked = functional == "passed" and cases
            results.append(
                TaskResult(
                    task_id=task.task_id,
                    sample_index=index,
                    code_sha256="0",
                    extraction=Extraction.SOLUTION,
                    scan=Unscannable(status="no_code", reason="empty") if functional == "no_code" else draw(scans),
                    execution=Execution(
                        functional=functional,
                        security=security_status(cases) if attacked else "not_run",
                        security_tests=cases if attacked else (),
                    ),
                )
            )
    return results


@st.composite
def runs(draw):
    tasks = draw(tasks_())
    results = draw(results_of(tasks))
    initial = {r.key: draw(scans) for r in results} if draw(st.booleans()) else None
    return results, tasks, initial


def measures(tree) -> Iterator[Measure]:
    for item in tree.values():
        if isinstance(item, Measure):
            yield item
        elif isinstance(item, dict):
            yield from measures(item)


def groups(m) -> Iterator[dict]:
    yield m
    for part in ("by_cwe", "by_domain", "by_stratum"):
        yield from m[part].values()


many = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@many
@given(runs())
def test_every_measure_is_a_number_with_what_it_rests_on_or_null_with_the_reason(run):
    results, tasks, initial = run
    for measure in measures(metrics(results, tasks, initial=initial, ks=(1, 2, 3))):
        assert (measure.value is None) == (measure.reason is not None)
        if measure.value is None:
            assert measure.ci95 is None
            continue
        assert 0.0 <= measure.value <= 1.0
        assert measure.denominator > 0
        assert 0 <= measure.numerator <= measure.denominator
        if measure.ci95 is not None:
            assert 0.0 <= measure.ci95[0] <= measure.ci95[1] <= 1.0


@many
@given(runs())
def test_rates_that_share_a_denominator_add_to_one(run):
    results, tasks, initial = run
    for group in groups(metrics(results, tasks, initial=initial, ks=(1,))):
        for names in (
            ("insecure_rate", "clean_rate", "not_analysable_rate"),
            ("withstood_rate", "broken_rate", "undetermined_rate"),
        ):
            parts = [group[name] for name in names]
            assert len({part.denominator for part in parts}) == 1
            if parts[0].value is not None:
                assert sum(part.numerator for part in parts) == parts[0].denominator
                assert math.isclose(math.fsum(part.value for part in parts), 1.0, abs_tol=1e-12)


@many
@given(runs())
def test_every_sample_is_in_the_denominator_of_the_scan_rates(run):
    results, tasks, initial = run
    m = metrics(results, tasks, initial=initial, ks=(1,))
    assert m["insecure_rate"].denominator == len(results)
    for part in ("by_domain", "by_stratum"):
        assert sum(group["insecure_rate"].denominator for group in m[part].values()) == len(results)


@many
@given(runs())
def test_secure_is_never_more_than_working_and_grows_with_k(run):
    results, tasks, initial = run
    for group in groups(metrics(results, tasks, initial=initial, ks=(1, 2))):
        secure, passing = group["secure_pass_at_k_all"]["1"], group["pass_at_k"]["1"]
        if secure.value is not None and passing.value is not None:
            assert secure.numerator <= passing.numerator + 1e-9
        for at_k in (group["pass_at_k"], group["secure_pass_at_k"]):
            if at_k["2"].value is not None:
                assert at_k["2"].value >= at_k["1"].value - 1e-12


@many
@given(runs())
def test_findings_above_the_floor_are_never_more(run):
    results, tasks, initial = run
    for group in groups(metrics(results, tasks, initial=initial, ks=(1,))):
        assert group["insecure_rate_above_floor"].numerator <= group["insecure_rate"].numerator


@many
@given(runs(), st.randoms(use_true_random=False))
def test_order_changes_nothing(run, order):
    results, tasks, initial = run
    before = dumps(encode(metrics(results, tasks, initial=initial, ks=(1, 2))))
    shuffled = list(results)
    order.shuffle(shuffled)
    assert dumps(encode(metrics(shuffled, tasks[::-1], initial=initial, ks=(2, 1)))) == before


@many
@given(runs(), st.sampled_from(ENDS[1:]), st.data())
def test_a_sample_that_does_worse_never_helps(run, end, data):
    results, tasks, initial = run
    victim = data.draw(st.integers(0, len(results) - 1))
    if results[victim].execution.functional != "passed":
        return
    worse = list(results)
    worse[victim] = dataclasses.replace(worse[victim], execution=Execution(functional=end))
    before, after = (metrics(r, tasks, initial=initial, ks=(1,)) for r in (results, worse))
    for name in ("pass_at_k", "secure_pass_at_k", "secure_pass_at_k_all"):
        was, now = before[name]["1"], after[name]["1"]
        if was.value is not None and now.value is not None:
            assert now.value <= was.value
            assert now.denominator == was.denominator
