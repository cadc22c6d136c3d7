"""The scanner's findings are those of ``bandit -f json --ignore-nosec``, field by field, on real files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from pythonsecurityeval.scanners import scan_many
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.types import Scanned, Unscannable

CORPUS = Path(__file__).parents[3] / "data" / "pythonsecurityeval"
#: What most rules begin with: a sample of files that hold one of these has findings, whatever is installed.
TELLING = re.compile(
    rb"^import (subprocess|pickle)|\b(assert|eval|exec|random|tempfile|hashlib|urllib)\b", re.MULTILINE
)
MOST_BYTES = 16_000  # the share of larger files costs minutes and shows nothing new


def cli(folder: Path, names: list[str]) -> tuple[dict[str, list[tuple]], set[str]]:
    """What Bandit's command line finds by file, and the files that it could not scan."""
    # what the installed script ``bandit`` does, without runpy's frames, which would cost nesting
    script = "import sys; from bandit.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", script, "-q", "-f", "json", "--ignore-nosec", "-o", "cli.json", *names]
    ended = subprocess.run(command, cwd=folder, stderr=subprocess.DEVNULL, check=False)
    assert ended.returncode in {0, 1}
    report = json.loads((folder / "cli.json").read_text(encoding="utf-8"))
    found: dict[str, list[tuple]] = {name: [] for name in names}
    for issue in report["results"]:
        cwe = f"CWE-{issue['issue_cwe']['id']}" if issue["issue_cwe"] else ""
        row = (issue["test_id"], issue["test_name"], cwe, issue["issue_severity"], issue["issue_confidence"])
        message = " ".join(issue["issue_text"].split())
        found[os.path.normpath(issue["filename"])].append((*row, issue["line_number"], message))
    return found, {os.path.normpath(error["filename"]) for error in report["errors"]}


def assert_same(sources: list[str], folder: Path, scanner: BanditScanner) -> dict[str, int]:
    """Compare on every source; returns how many there were of each kind."""
    names = [f"s{number:04}.py" for number in range(len(sources))]
    for name, source in zip(names, sources, strict=True):
        (folder / name).write_bytes(source.encode())
    found, errors = cli(folder, names)
    kinds = {"clean": 0, "flagged": 0, "unscannable": 0, "no_code": 0, "rule_failed": 0}
    for name, source, ours in zip(names, sources, scan_many(scanner, sources), strict=True):
        kinds[ours.status] += 1
        if isinstance(ours, Unscannable):
            assert found[name] == [], (name, source[:200])
            if name not in errors and ours.status == "unscannable":
                kinds["rule_failed"] += 1
                assert "failed" in ours.reason or "encoding" in ours.reason, (ours, source[:200])
            continue
        assert name not in errors, (name, ours, source[:200])
        rows = [(f.rule_id, f.rule_name, f.cwe, f.severity, f.confidence, f.line, f.message) for f in ours.findings]
        assert sorted(rows) == sorted(found[name]), (name, source[:200])
    return kinds


def sample(folder: Path, count: int) -> list[str]:
    """``count`` files spread over a tree, as text; each second one holds what a rule may look for."""
    paths = sorted(p for p in folder.rglob("*.py") if "site-packages" not in p.relative_to(folder).parts)
    paths = [p for p in paths if 0 < p.stat().st_size <= MOST_BYTES]
    telling = [p for p in paths if TELLING.search(p.read_bytes())]
    return [text for half in (paths, telling) for text in spread(half, count // 2)]


def spread(paths: list[Path], count: int) -> list[str]:
    """The texts of ``count`` of them, at even distances."""
    texts = []
    for path in paths[:: max(1, len(paths) // (2 * count))]:
        try:
            texts.append(path.read_bytes().decode())
        except UnicodeDecodeError:
            continue
    return texts[:: max(1, len(texts) // count)][:count]


@pytest.fixture
def scanner():
    with BanditScanner() as it:
        yield it


def test_same_on_the_standard_library(tmp_path, scanner):
    sources = sample(Path(sysconfig.get_path("stdlib")), 300)
    kinds = assert_same(sources, tmp_path, scanner)
    assert len(sources) == 300
    assert kinds["flagged"] >= 50
    assert kinds["rule_failed"] <= 1


def test_same_on_installed_packages(tmp_path, scanner):
    sources = sample(Path(sysconfig.get_path("purelib")), 300)
    kinds = assert_same(sources, tmp_path, scanner)
    assert len(sources) == 300
    assert kinds["flagged"] >= 50
    assert kinds["rule_failed"] <= 1


def test_same_on_the_references_of_the_corpus(tmp_path, scanner):
    sources = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.py"))]
    if not sources:
        pytest.skip("the corpus has no references yet")
    assert_same(sources, tmp_path, scanner)


def test_same_on_texts_made_to_confuse(tmp_path, scanner):
    assert_same(CONFUSING, tmp_path, scanner)


@pytest.mark.parametrize(
    ("opening", "closing"), [("f(", ")"), ("-", ""), ("a + (", ")"), ("[", "]"), ("lambda: ", ""), ("x if y else ", "")]
)
def test_nesting_is_too_deep_exactly_where_it_is_for_the_cli(tmp_path, scanner, opening, closing):
    def nested(depth: int) -> str:
        return f"import pickle\nvalue = {opening * depth}1{closing * depth}\n"

    shallow, deep = 1, 4096
    while deep - shallow > 1:
        middle = (shallow + deep) // 2
        if isinstance(scanner.scan(nested(middle)), Scanned):
            shallow = middle
        else:
            deep = middle
    names = [f"n{depth}.py" for depth in range(shallow - 3, deep + 4)]
    for name in names:
        (tmp_path / name).write_text(nested(int(name[1:-3])), encoding="utf-8")
    found, _ = cli(tmp_path, names)
    flagged = {name for name in names if found[name]}
    ours = {name for name in names if scanner.scan(nested(int(name[1:-3]))).status == "flagged"}
    assert ours == flagged


CONFUSING = [
    "",
    " \n\t\f\n",
    "# nothing here\n",
    "# \u202e hidden\n",
    "\ufeffimport pickle\n",
    "\ufeff",
    "\fimport pickle\n\f\neval('1')\n",
    "import pickle\r\neval('1')\r\n",
    "import pickle\reval('1')\r",
    "def f(:\n",
    "I'm sorry, but I can't help with that.\n",
    "eval('1')\0\n",
    "\0",
    "# -*- coding: latin-1 -*-\n# é\neval('1')\npassword = 'é'\n",
    "# -*- coding: utf-8 -*-\npassword = 'é'\n",
    "# vim: set fileencoding=utf-8 :\neval('1')\n",
    "# coding: klingon\neval('1')\n",
    "# coding: rot13\neval('1')\n",
    "# coding: ascii\n# é\neval('1')\n",
    "# coding: utf-7\nx = 1\n",
    "# coding: utf-16\neval('1')\n",
    "import os # nosec\nos.system(x) # nosec B605\n",
    "eval('1') # nosec",
    "password = 'a\\nb'\npassword2 = '''\nx\n'''\n",
    "import importlib\nimportlib.import_module(**k)\n",
    "import importlib\nimportlib.import_module()\neval(x)\n",
    "x = " + " + ".join(f"'s{i}'" for i in range(900)),
    "x = '" + "a" * (1 << 20) + "'\neval(x)\n",
    "if a:\n" + "".join(" " * i + "if a:\n" for i in range(1, 99)) + " " * 99 + "eval(x)\n",
    "match x:\n  case {'a': [1, *r]}:\n    eval(r)\n",
    "async def f():\n  async with a as b:\n    await eval(b)\n",
    "print(f'{eval(x)!r:>{w}}')\n",
    "class Δ:\n  def ñ(self, пароль='x', password='y'): exec(self)\n",
    "x = 1_000; y = 0x_ff; password = b'bytes'\n",
    "try:\n  pass\nexcept* ValueError:\n  pass\n",
]
