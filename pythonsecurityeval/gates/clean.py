"""G2 clean, and what G3 and G7 ask of the scanner: its findings are exactly those that the labels name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.gates.matrix import Failure
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.scanners import scan_many
from pythonsecurityeval.types import Scanned, ScanResult


def check(materials: Sequence[Material], scanner: Scanner) -> list[Failure]:
    """Failures of G2, G3 and G7 that the scanner shows, for all tasks."""
    keys = [(material, file) for material in materials for file in material.references]
    results = scan_many(scanner, [material.references[file] for material, file in keys])
    scans: dict[str, dict[str, ScanResult]] = {material.task_id: {} for material in materials}
    for (material, file), result in zip(keys, results, strict=True):
        scans[material.task_id][file] = result
    return [failure for material in materials for failure in judge(material, scans[material.task_id])]


def judge(material: Material, scans: Mapping[str, ScanResult]) -> Iterator[Failure]:
    """Failures of one task, given the scans of its references by file."""
    flagged: dict[str, Mapping[str, str]] = {}
    for file, scan in scans.items():
        if not isinstance(scan, Scanned):
            yield _failure("G2", material, file, f"cannot be scanned: {scan.reason}")
            return
        if scan.suppressions:
            yield _failure("G2", material, file, "holds a `# nosec` comment; suppressions do not count, remove it")
        flagged[file] = {finding.rule_id: f"line {finding.line}" for finding in scan.findings}
    yield from _secure(material, flagged)
    for file in material.insecure:
        yield from _insecure(material, file, flagged[file])


def _secure(material: Material, flagged: Mapping[str, Mapping[str, str]]) -> Iterator[Failure]:
    floor, allowed = set(material.task.bandit_floor), set(material.task.false_alarms)
    first, second = flagged.get("secure.py", {}), flagged.get("secure_alt.py", {})
    for rule in sorted(set(first) - floor):
        yield _failure("G2", material, "secure.py", f"{rule} at {first[rule]}, and bandit_floor does not have it")
    for rule in sorted(set(second) - floor - allowed):
        yield _failure("G2", material, "secure_alt.py", f"{rule} at {second[rule]}, and false_alarms does not have it")
    for rule in sorted(allowed - set(second)):
        yield _failure("G2", material, "secure_alt.py", f"false_alarms names {rule}, and nothing raises it")
    for rule in sorted(floor & allowed):
        yield _failure("G2", material, "task.toml", f"{rule} is in bandit_floor and in false_alarms")
    for rule in sorted(floor):
        for file in (file for file in material.references if rule not in flagged[file]):
            yield _failure("G2", material, file, f"bandit_floor names {rule}, and this solution avoids it")


def _insecure(material: Material, file: str, flagged: Mapping[str, str]) -> Iterator[Failure]:
    named = {rule for weakness in material.task.weakness if weakness.file == file for rule in weakness.bandit}
    for rule in sorted(named - set(flagged)):
        yield _failure("G3", material, file, f"its weakness names {rule}, and Bandit does not raise it")
    if not named:
        for rule in sorted(set(flagged) - set(material.task.bandit_floor)):
            yield _failure("G3", material, file, f"{rule} at {flagged[rule]}, and its weakness says Bandit is blind")
    if material.task.stratum == "static" and not named:
        yield _failure("G7", material, file, "in a static task Bandit must flag it; `bandit` is empty")


def _failure(gate: str, material: Material, where: str, reason: str) -> Failure:
    return Failure(gate=gate, task_id=material.task_id, where=where, reason=reason)
