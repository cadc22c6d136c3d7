"""G5 neutral: the prompt says what the tests use, and nothing is said twice in the corpus or by others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pythonsecurityeval.corpora import _signature
from pythonsecurityeval.gates import similarity, suites
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.gates.matrix import Failure

KIT_NAMES = frozenset({"get", "io", "logs", "main", "start", "stderr", "stdout"})
"""What `self.solution` offers of its own."""


def prompt(material: Material, published: frozenset[str]) -> Iterator[Failure]:
    """The prompt names what is called, and shares no ten words in a row with a published one."""
    task = material.task
    publics = _signature.parse(task.signature)
    names = [name for public in publics for name in (public.last, *public.parameters) if name != "self"]
    for name in dict.fromkeys(names):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", task.prompt) is None:
            yield _failure(material, "prompt", f"does not name `{name}`")
    if run := similarity.published_run(task.prompt, published):
        yield _failure(material, "prompt", f"ten words in a row of a published prompt: {run!r}")


def interface(material: Material) -> Iterator[Failure]:
    """The tests use only names and keywords that the signature, and so the prompt, has."""
    publics = _signature.parse(material.task.signature)
    names = {public.name for public in publics}
    keywords = {parameter for public in publics for parameter in public.parameters}
    for suite, source in material.tests.items():
        used = list(suites.used_names(source))
        asked = {name for name, _, textual in used if textual or name not in KIT_NAMES}
        for name in sorted(asked - names):
            yield _failure(material, f"{suite}.py", f"uses self.solution.{name}, which the signature does not have")
        for word in sorted({word for name, words, _ in used if name in names for word in words} - keywords):
            yield _failure(material, f"{suite}.py", f"passes `{word}=`, which the signature does not have")
    if not any(name == material.task.entry_point for name, _, _ in suites.used_names(material.tests["functional"])):
        yield _failure(material, "functional.py", f"never uses the entry point {material.task.entry_point}")


def surroundings(material: Material) -> Iterator[Failure]:
    """What a solution could look for without being told of it is there in both suites, or in neither: programs."""
    known = suites.programs(material.tests["functional"])
    for name, line in suites.programs(material.tests.get("security", "")).items():
        if not name:
            reason = "the name of a program is no text, nor a loop over texts"
        elif name not in known:
            reason = f"installs {name!r}, by which a solution could tell it from functional.py: install it there too"
        else:
            continue
        yield _failure(material, f"security.py line {line}", reason)


def alike(materials: Sequence[Material], wanted: Collection[str]) -> Iterator[Failure]:
    """Pairs of prompts, tests or references that are nearly the same; one of each pair is a wanted task.

    Within a task only ``secure.py`` and ``secure_alt.py`` are compared, and the two test files.
    """
    by_id = {material.task_id: material for material in materials}
    for kind, texts in _texts(materials).items():
        for left, right, index in similarity.alike(texts):
            left_id, left_file = left.split("/")
            right_id, right_file = right.split("/")
            if left_id == right_id and kind == "reference" and "insecure" in left_file + right_file:
                continue
            owner, file, other = (right_id, right_file, left) if right_id in wanted else (left_id, left_file, right)
            if owner in wanted:
                yield _failure(by_id[owner], file, f"says nearly the same as {other} (Jaccard {index:.2f})")


def _texts(materials: Sequence[Material]) -> dict[str, dict[str, similarity.Shingles]]:
    prompts, tests, references = {}, {}, {}
    for material in materials:
        prompts[f"{material.task_id}/prompt"] = similarity.prose(material.task.prompt)
        for suite, source in material.tests.items():
            tests[f"{material.task_id}/{suite}.py"] = similarity.code(source)
        for file, source in material.references.items():
            references[f"{material.task_id}/{file}"] = similarity.code(source)
    return {"prompt": prompts, "test": tests, "reference": references}


def _failure(material: Material, where: str, reason: str) -> Failure:
    return Failure(gate="G5", task_id=material.task_id, where=where, reason=reason)
