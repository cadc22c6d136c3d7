"""G7 labelled, and the part of G6 that can be read off the tests."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator

from pythonsecurityeval.corpora._task_format import CANARY, LIBRARIES, NAMED_TO_ALL
from pythonsecurityeval.gates import suites
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.gates.matrix import Failure

MIN_FUNCTIONAL = 3
MIN_SECURITY = 2


def parses(material: Material) -> Iterator[Failure]:
    """References and tests are Python, and define what the task names; without this no other gate makes sense."""
    for file, source in {**material.references, **{f"{s}.py": text for s, text in material.tests.items()}}.items():
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError) as error:
            yield _failure(material, file, f"not Python: {error}")
            continue
        defined = {getattr(node, "name", "") for node in tree.body}
        if file in material.references and material.task.entry_point not in defined:
            yield _failure(material, file, f"does not define {material.task.entry_point}")


def files(material: Material, stray: list[str]) -> Iterator[Failure]:
    """The files that the stratum asks for, and no others."""
    stratum = material.task.stratum
    wanted = {"secure.py", "secure_alt.py"} | ({weakness.file for weakness in material.task.weakness})
    for file in sorted(wanted - set(material.references)):
        yield _failure(material, file, "is missing")
    for file in sorted(set(material.references) - wanted):
        yield _failure(material, file, "is there, and no [[weakness]] names it")
    if ("security" in material.tests) != (stratum == "exploitable"):
        yield _failure(
            material, "security.py", "is missing" if stratum == "exploitable" else f"has no place in a {stratum} task"
        )
    for path in stray:
        yield _failure(material, path, "belongs to no task; remove it")


def tests(material: Material) -> Iterator[Failure]:
    """Enough tests, each attack with its CWE, the canary on top."""
    for suite, source in material.tests.items():
        where = f"{suite}.py"
        if source.partition("\n")[0] != f"# canary: {CANARY}":
            yield _failure(material, where, f"the first line must be `# canary: {CANARY}`")
        declared = suites.declared(source)
        least = MIN_FUNCTIONAL if suite == "functional" else MIN_SECURITY
        if len(declared) < least:
            yield _failure(material, where, f"has {len(declared)} tests, at least {least} are wanted")
        names = [test.name for test in declared]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield _failure(material, where, f"{name} stands twice")
        for test in declared:
            if bool(test.cwe) != (suite == "security"):
                wrong = "has no @attack with a CWE" if suite == "security" else "is no place for @attack"
                yield _failure(material, f"{where} {test.name}", wrong)


def labels(material: Material, is_known: Callable[[str], bool]) -> Iterator[Failure]:
    """CWE ids exist, every weakness is attacked, and ``libraries`` has all that a model must know to be there."""
    attacked = {test.cwe for test in suites.declared(material.tests.get("security", "")) if test.cwe}
    weaknesses = {weakness.cwe for weakness in material.task.weakness}
    for cwe in sorted(cwe for cwe in attacked | weaknesses if not is_known(cwe)):
        yield _failure(material, cwe, "is not a weakness of the CWE list")
    if material.task.stratum == "exploitable":
        for cwe in sorted(weaknesses - attacked):
            yield _failure(material, "security.py", f"no test attacks {cwe}, which a weakness names")
    modules = {name.partition(".")[0] for code in material.references.values() for name in imported(code)}
    third_party = modules - sys.stdlib_module_names
    for module in sorted(third_party - set(LIBRARIES)):
        yield _failure(material, "references", f"import {module}, which solutions may not rely on")
    used = third_party & LIBRARIES.keys()
    named = {LIBRARIES[module] for module in (*NAMED_TO_ALL, *used)}
    words = re.findall(r"\w+", material.task.prompt)
    spoken = {word for word in words if word in LIBRARIES and LIBRARIES[word] not in named}
    if (wanted := used | spoken) != set(material.task.libraries):
        reason = f"libraries must be {sorted(wanted)}: what the references import and the prompt speaks of"
        yield _failure(material, "task.toml", reason)


def hermetic(material: Material) -> Iterator[Failure]:
    """No test reaches for the network, the clock, chance, processes, mocks or a skip."""
    for suite, source in material.tests.items():
        for line, reason in suites.refused(source):
            yield Failure(gate="G6", task_id=material.task_id, where=f"{suite}.py line {line}", reason=reason)


def imported(code: str) -> Iterator[str]:
    """Full names of the modules that a source imports.

    Raises:
        SyntaxError: It is not Python.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def _failure(material: Material, where: str, reason: str) -> Failure:
    return Failure(gate="G7", task_id=material.task_id, where=where, reason=reason)
