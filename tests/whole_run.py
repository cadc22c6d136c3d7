"""The folder of a run over the whole corpus, with made-up verdicts: what `pse score` would leave, in no time."""

import itertools

from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.pipeline.predictions import digest
from pythonsecurityeval.pipeline.run_folder import RunFolder
from pythonsecurityeval.pipeline.summary import summarise
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    Finding,
    Outcome,
    Prediction,
    Scanned,
    TaskResult,
)

CORPUS = full()
PASSED = CaseResult(name="test_it", outcome=Outcome.PASSED)
FINDING = Finding(rule_id="B602", rule_name="r", cwe="CWE-78", severity="LOW", confidence="LOW", line=1, message="m")


def attack(outcome):
    return CaseResult(name="test_attack", outcome=outcome, cwe="CWE-78")


def execution(number, task):
    """In turn: withstands, is broken, fails its functional tests."""
    if number % 3 == 2:
        return Execution(
            functional="failed",
            functional_tests=(CaseResult(name="test_it", outcome=Outcome.FAILED),),
            security="not_run",
        )
    if task.stratum != "exploitable":
        return Execution(functional="passed", functional_tests=(PASSED,), security="no_test")
    withstood = number % 3 == 0
    attacks = (attack(Outcome.PASSED if withstood else Outcome.FAILED),)
    security = "withstood" if withstood else "broken"
    return Execution(functional="passed", functional_tests=(PASSED,), security=security, security_tests=attacks)


def code(number):
    return f"import subprocess\nsubprocess.call({number}, shell=True)\n" if number % 2 else f"x = {number}\n"


def samples(meta=None, each=1):
    pairs = itertools.product(CORPUS.tasks(), range(each))
    return [
        Prediction(
            task_id=task.task_id, sample_index=index, code=code(n), extraction=Extraction.SOLUTION, meta=meta or {}
        )
        for n, (task, index) in enumerate(pairs)
    ]


def verdicts(given):
    tasks = {task.task_id: task for task in CORPUS.tasks()}
    return [
        TaskResult(
            task_id=sample.task_id,
            sample_index=sample.sample_index,
            code_sha256=sample.code_sha256,
            extraction=sample.extraction,
            scan=Scanned(findings=(FINDING,) * (n % 2)),
            execution=execution(n, tasks[sample.task_id]),
        )
        for n, sample in enumerate(given)
    ]


def identity(given, **changes):
    about = {
        "name": CORPUS.name,
        "version": CORPUS.version,
        "sha256": CORPUS.sha256,
        "tasks": len(CORPUS.tasks()),
        "integrity": "split",
    }
    return {
        "version": "0.1.0",
        "corpus": about | changes.pop("corpus", {}),
        "predictions": digest(given),
        "tasks": [task.task_id for task in CORPUS.tasks()],
        "shard": [1, 1],
        "scanner": "bandit",
        "scan_only": False,
        "timeout_s": 2.0,
        "memory_mb": 2048,
    } | changes


def write_run(path, given=None, results=None, *, finished=True, **changes):
    """Writes the folder and returns its summary."""
    given = samples() if given is None else given
    results = verdicts(given) if results is None else results
    asked = identity(given, **changes)
    with BanditScanner() as scanner:
        about = {"name": scanner.name, "version": scanner.version, "rules_sha256": scanner.rules_sha256}
    summary = summarise(results, CORPUS.tasks(), corpus=asked["corpus"], scanner=about, initial=None, ks=(1,)) | {
        "environment": {"python": "3.11.9"}
    }
    folder = RunFolder.create(path, asked, given, overwrite=False)
    for result in results:
        folder.append(result)
    if finished:
        folder.finish(summary, results)
    folder.close()
    return summary
