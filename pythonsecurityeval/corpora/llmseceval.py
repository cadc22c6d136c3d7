"""LLMSecEval: 150 prompts in plain words over 18 CWEs; and the copy of 149 that the paper worked with.

Tony, Mutas, Díaz Ferreyra and Scandariato, *LLMSecEval: A Dataset of Natural Language Prompts
for Security Evaluations*, MSR 2023. 67 of the prompts were written for C; the placeholder for
the language becomes Python in every row, as in the paper.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pythonsecurityeval.corpora import _fetch
from pythonsecurityeval.corpora._published import Edition, Item, PublishedCorpus, cwe_of, published_task, unique
from pythonsecurityeval.types import Provenance

_COMMIT = "39e97f046dbb2c4c604d31b86f2a4d3d27827388"
_PAPER_COMMIT = "0278aa04404908eff8129a2ed0be58c6c736bf36"
_PROMPTS = ("Manually-fixed NL Prompt", "NL Prompt")
_IDS = ("Prompt ID", "Promot ID")  # the paper's copy spells it so

PIN = _fetch.Pin(
    place="llmseceval/LLMSecEval-Prompts_dataset.json",
    upstream="Dataset/LLMSecEval-Prompts_dataset.json",
    urls=(
        f"https://raw.githubusercontent.com/tuhh-softsec/LLMSecEval/{_COMMIT}/Dataset/LLMSecEval-Prompts_dataset.json",
    ),
    sha256="a1b7307678e061faefb8d666eb6cec506d6a40751175716af07703b3f12433cc",
    max_bytes=2**20,
)
PAPER_PIN = _fetch.Pin(
    place="paper/LLMSecEval.json",
    upstream="data/LLMSecEval/LLMSecEval.json",
    urls=(
        f"https://raw.githubusercontent.com/Kamel773/LLM-code-refine/{_PAPER_COMMIT}/data/LLMSecEval/LLMSecEval.json",
    ),
    sha256="b157310b6ac8f2995ccf3a2ae4e9b2165a360b3e2f92e65310d1e100b6fb8a30",
    max_bytes=2**20,
)

_CITATION = "Tony, Mutas, Díaz Ferreyra and Scandariato, LLMSecEval, MSR 2023, arXiv:2303.09384"
ABOUT = Provenance(
    title="LLMSecEval, its manually fixed prompts",
    source="https://github.com/tuhh-softsec/LLMSecEval",
    licence="GPL-3.0",
    citation=_CITATION,
)
PAPER_ABOUT = Provenance(
    title="LLMSecEval as the paper used it: 149 of its prompts, as a model wrote them",
    source="https://github.com/Kamel773/LLM-code-refine",
    licence="GPL-3.0 (LLMSecEval's; the copy states none)",
    citation=_CITATION,
)


def corpus(path: Path | None = None, *, pin: _fetch.Pin = PIN) -> PublishedCorpus:
    """The published corpus, from ``path`` or wherever `_fetch` finds it."""
    return _corpus("llmseceval", _COMMIT[:7], ABOUT, pin, path)


def paper(path: Path | None = None, *, pin: _fetch.Pin = PAPER_PIN) -> PublishedCorpus:
    """The paper's copy: its denominator of 149."""
    return _corpus("llmseceval-paper", _PAPER_COMMIT[:7], PAPER_ABOUT, pin, path)


def _corpus(name: str, version: str, about: Provenance, pin: _fetch.Pin, path: Path | None) -> PublishedCorpus:
    def read() -> Edition:
        data = _fetch.obtain(pin, path)
        return Edition(items=parse(data), sha256=hashlib.sha256(data).hexdigest())

    return PublishedCorpus(name=name, version=version, about=about, read=read)


def parse(data: bytes) -> tuple[Item, ...]:
    """The items of either JSON file; an id that stands twice gets ``#2`` the second time."""
    rows = json.loads(data)
    labels = unique(_first(row, _IDS) for row in rows)
    return tuple(_item(task_id, row) for task_id, row in zip(labels, rows, strict=True))


def _item(task_id: str, row: dict[str, Any]) -> Item:
    name = row["CWE Name"]
    task = published_task(task_id, title=name, prompt=_first(row, _PROMPTS), cwe=cwe_of(task_id), what=name)
    return Item(task=task, columns={"written_for": row["Language"]})


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(str(row[key]) for key in keys if key in row)
