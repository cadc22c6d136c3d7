"""How much two texts share: shingles of five tokens, and words that follow a published prompt."""

from __future__ import annotations

import collections
import hashlib
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources

SHINGLE = 5
THRESHOLD = 0.5
"""Two texts whose shingles have at least this Jaccard index count as the same."""

PUBLISHED_RUN = 10
"""So many words in a row shared with a published prompt are too many."""

_HASH_DIGITS = 12
_WORD = re.compile(r"[a-z0-9_]+")
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

Shingles = frozenset[tuple[str, ...]]


def words(text: str) -> list[str]:
    """The words of a prose text, in lower case."""
    return _WORD.findall(text.lower())


def prose(text: str) -> Shingles:
    """The shingles of a prompt."""
    return frozenset(_runs(words(text), SHINGLE))


def code(source: str) -> Shingles:
    """The shingles of Python source: names and strings kept, layout and comments dropped."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return frozenset(_runs([token.string for token in tokens if token.type not in _LAYOUT], SHINGLE))


def jaccard(left: Shingles, right: Shingles) -> float:
    """Size of the intersection over that of the union; 0 for two empty sets."""
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def alike(texts: Mapping[str, Shingles], threshold: float = THRESHOLD) -> Iterator[tuple[str, str, float]]:
    """All pairs with at least this Jaccard index, with the index.

    Sets that are so alike share one of the rarest shingles of either, so only
    those are looked up (prefix filtering): a thousand texts take no million comparisons.
    """
    frequency = collections.Counter(shingle for text in texts.values() for shingle in text)
    holders: dict[tuple[str, ...], list[str]] = {}
    for name, text in texts.items():
        rarest = sorted(text, key=lambda shingle: (frequency[shingle], shingle))
        prefix = rarest[: len(text) - int(len(text) * threshold) + 1]
        candidates = {other for shingle in prefix for other in holders.get(shingle, ())}
        for other in sorted(candidates):
            if (index := jaccard(text, texts[other])) >= threshold:
                yield other, name, index
        for shingle in prefix:
            holders.setdefault(shingle, []).append(name)


def published_run(text: str, published: frozenset[str]) -> str:
    """The first run of words that a published prompt has too; empty if there is none."""
    runs = _runs(words(text), PUBLISHED_RUN)
    return next((" ".join(run) for run in runs if _digest(run) in published), "")


def published_hashes(prompts: Iterable[str]) -> list[str]:
    """For maintainers: what ``published_shingles.txt`` holds, sorted, for the published prompts."""
    return sorted({_digest(run) for prompt in prompts for run in _runs(words(prompt), PUBLISHED_RUN)})


def shipped_hashes() -> frozenset[str]:
    """The hashes that ship with the package: of the published prompts' runs of words, not their text."""
    text = resources.files(__package__).joinpath("published_shingles.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def _runs(items: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(items[start : start + length]) for start in range(len(items) - length + 1))


def _digest(run: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(run).encode()).hexdigest()[:_HASH_DIGITS]
