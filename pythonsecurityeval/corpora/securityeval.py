"""SecurityEval 2.1: 121 prompts that are the start of a Python file, over 69 CWEs, each with an insecure example.

Siddiq and Santos, *SecurityEval Dataset: Mining Vulnerability Examples to Evaluate Machine
Learning-Based Code Generation Techniques*, MSR4P&S 2022.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pythonsecurityeval.corpora import _fetch
from pythonsecurityeval.corpora._published import Edition, Item, PublishedCorpus, cwe_of, published_task, unique
from pythonsecurityeval.types import Provenance

_HUB = "d1b6f685bba97b6f14af5f256e2aebf44216261f"
_REPOSITORY = "6f4fb70f782c6d47b02ea24341e8ef8c1eb04a6a"

PIN = _fetch.Pin(
    place="securityeval/dataset.jsonl",
    upstream="dataset.jsonl",
    urls=(
        f"https://huggingface.co/datasets/s2e-lab/SecurityEval/resolve/{_HUB}/dataset.jsonl",
        f"https://raw.githubusercontent.com/s2e-lab/SecurityEval/{_REPOSITORY}/dataset.jsonl",
    ),
    sha256="e46918698e190e481399c51330c60049ed34a38ccc2546c9a81f0c84d446335f",
    max_bytes=2**20,
)

ABOUT = Provenance(
    title="SecurityEval 2.1",
    source="https://github.com/s2e-lab/SecurityEval",
    licence="none stated",
    citation="Siddiq and Santos, SecurityEval Dataset, MSR4P&S 2022, doi:10.1145/3549035.3561184",
)


def corpus(path: Path | None = None, *, pin: _fetch.Pin = PIN) -> PublishedCorpus:
    """The corpus, from ``path`` or wherever `_fetch` finds it."""

    def read() -> Edition:
        data = _fetch.obtain(pin, path)
        return Edition(items=parse(data), sha256=hashlib.sha256(data).hexdigest())

    return PublishedCorpus(name="securityeval", version="2.1", about=ABOUT, read=read, prompts_are_code=True)


def parse(data: bytes) -> tuple[Item, ...]:
    """The items of the published JSON lines."""
    rows = [json.loads(line) for line in data.decode().splitlines() if line.strip()]
    return tuple(_item(task_id, row) for task_id, row in zip(unique(row["ID"] for row in rows), rows, strict=True))


def _item(task_id: str, row: dict[str, str]) -> Item:
    return Item(
        task=published_task(task_id, title=row["ID"].removesuffix(".py"), prompt=row["Prompt"], cwe=cwe_of(row["ID"])),
        insecure=row["Insecure_code"],
        columns={"insecure_code": row["Insecure_code"]},
    )
