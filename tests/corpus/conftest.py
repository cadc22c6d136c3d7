"""Fixtures of the corpus tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_bench import GOOD, Bench

from pythonsecurityeval.scanners.bandit import BanditScanner


@pytest.fixture(scope="session")
def scanner() -> Iterator[BanditScanner]:
    with BanditScanner() as opened:
        yield opened


@pytest.fixture
def bench(tmp_path: Path, scanner: BanditScanner) -> Bench:
    root = tmp_path / "corpus"
    shutil.copytree(GOOD, root)
    return Bench(root, scanner)
