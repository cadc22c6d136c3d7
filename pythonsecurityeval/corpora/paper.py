"""The paper's edition of PythonSecurityEval: 470 prompts, 458 of them with a unit test.

Alrashedy and others, *Can LLMs Patch Security Issues?*, arXiv:2312.00024. The tests patch names
inside the solution, so they can only run in one process with it; results say so (``in_process``).
No hash of the tests was ever published: the prompts are held against one taken here, the archive
is fixed by its first load into a cache, and every result carries the hash of all files.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import textwrap
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from pythonsecurityeval.corpora import _fetch
from pythonsecurityeval.corpora._published import Edition, Item, PublishedCorpus, published_task
from pythonsecurityeval.errors import InputProblems, UsageError
from pythonsecurityeval.types import Provenance

_COMMIT = "0278aa04404908eff8129a2ed0be58c6c736bf36"
_FOLDER = "data/PythonSecurityEval"
_FILE = re.compile(r"(?:.*/)?([1-9]\d{0,2})/(text\.txt|[Uu]nit_test\.py)")  # 2 to 7 spell it so
_MAX_FILE = 2**18
_MAX_ARCHIVE = 2**30
_TITLE = 72

PIN = _fetch.Pin(
    place=f"paper/LLM-code-refine-{_COMMIT}.tar.gz",
    upstream=_FOLDER,
    urls=(f"https://codeload.github.com/Kamel773/LLM-code-refine/tar.gz/{_COMMIT}",),
    sha256=None,
    max_bytes=256 * 2**20,
)

PROMPTS_SHA256 = "3c27dd7a268f7c8d96fb81addb7aba5b9d9d0106fbf31b424bf0d2fe08b537b7"
"""Of the lines task id, tab, prompt, in order of id: the published 470."""

PROMPTS, TESTS = 470, 458

ABOUT = Provenance(
    title="PythonSecurityEval, the paper's edition",
    source="https://github.com/Kamel773/LLM-code-refine",
    licence="none stated",
    citation="Alrashedy and others, Can LLMs Patch Security Issues?, arXiv:2312.00024",
)

Files = Mapping[tuple[int, str], bytes]
"""Contents by id and file name, the latter in lower case."""


def corpus(
    path: Path | None = None, *, pin: _fetch.Pin = PIN, prompts_sha256: str = PROMPTS_SHA256, tests: int = TESTS
) -> PublishedCorpus:
    """The edition, from ``path`` (the archive, a clone, or its folder of tasks) or wherever `_fetch` finds it."""

    def read() -> Edition:
        files = _files(pin, path)
        items = parse(files)
        _check(items, prompts_sha256, tests)
        return Edition(items=items, sha256=_sha256(files))

    return PublishedCorpus(
        name="paper", version=_COMMIT[:7], about=ABOUT, read=read, tested=True, integrity="in_process"
    )


def parse(files: Files) -> tuple[Item, ...]:
    """The items, one for each prompt.

    Raises:
        InputProblems: A file is not UTF-8, or a test has no prompt.
    """
    texts, problems = {}, []
    for (number, name), data in sorted(files.items()):
        try:
            texts[number, name] = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(f"{number}/{name}: not UTF-8 at byte {error.start}")
    alone = sorted(number for number, _ in files if (number, "text.txt") not in files)
    problems += [f"{number}: has a test and no text.txt" for number in alone]
    if problems:
        raise InputProblems(problems)
    return tuple(
        _item(number, text, texts.get((number, "unit_test.py"), ""))
        for (number, name), text in texts.items()
        if name == "text.txt"
    )


def _item(number: int, prompt: str, unit_test: str) -> Item:
    prompt = " ".join(prompt.split())
    title = textwrap.shorten(prompt, _TITLE, placeholder=" …")
    task = published_task(f"paper-{number:03}", title=title, prompt=prompt)
    return Item(task=task, unit_test=unit_test, columns={"functional_test": unit_test})


def prompts_sha256(items: Iterable[Item]) -> str:
    """The hash that `PROMPTS_SHA256` is compared with."""
    lines = (f"{item.task.task_id}\t{item.task.prompt}\n" for item in items)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _check(items: tuple[Item, ...], expected: str, tests: int) -> None:
    """The edition is whole: a prompt or a test that is missing would make a denominator smaller."""
    found, tested = prompts_sha256(items), sum(bool(item.unit_test) for item in items)
    if (found, tested) != (expected, tests):
        raise UsageError(
            f"not the published edition of {PROMPTS} prompts and {TESTS} tests, but {len(items)} and {tested}: "
            f"sha256 of the prompts is {found}, expected {expected}; the right one is at {PIN.urls[0]}"
        )


def _sha256(files: Files) -> str:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {number}/{name}\n" for (number, name), data in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


# ---- where the files are


def _files(pin: _fetch.Pin, path: Path | None) -> Files:
    place = path or _fetch.shelf()
    if place is not None and place.is_dir() and (folder := _folder(place)):
        return dict(_in_folder(folder))
    return _in_archive(_fetch.obtain(pin, path), str(path or pin.file))


def _folder(path: Path) -> Path | None:
    """The folder that holds ``1/``, ``2/`` …, below or at ``path``."""
    places = (path / _FOLDER, path / "PythonSecurityEval", path / "paper" / "PythonSecurityEval", path)
    return next((place for place in places if next(place.glob("[1-9]*/text.txt"), None)), None)


def _in_folder(folder: Path) -> Iterator[tuple[tuple[int, str], bytes]]:
    for path in sorted(folder.glob("*/*")):
        match = _FILE.fullmatch(path.relative_to(folder).as_posix())
        if match and path.is_file():
            with path.open("rb") as file:
                yield (int(match[1]), match[2].lower()), _bounded(file, str(path))


def _in_archive(data: bytes, where: str) -> Files:
    """What the archive holds of the edition; it is read in memory, nothing is unpacked."""
    found = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r|gz") as archive:
            for member in archive:
                if member.offset_data + member.size > _MAX_ARCHIVE:
                    raise UsageError(f"{where}: unpacks to more than {_MAX_ARCHIVE} bytes, so it is another archive")
                match = _FILE.fullmatch(member.name) if member.isreg() else None
                if match and f"/{_FOLDER}/" in f"/{member.name}" and (file := archive.extractfile(member)):
                    found[int(match[1]), match[2].lower()] = _bounded(file, member.name)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{where}: not a whole .tar.gz archive ({error}); fetch it again from {PIN.urls[0]}") from None
    return found


def _bounded(file: IO[bytes], where: str) -> bytes:
    data = file.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise UsageError(f"{where}: larger than {_MAX_FILE} bytes, which no published file is")
    return data
