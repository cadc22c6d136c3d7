"""Every documented way to load the corpus, with the oldest supported `datasets` and with the pinned one.

Each in a process of its own: `datasets` reads its settings at import, and a folder is part of the question.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.gates import compiled

ROOT = Path(__file__).parents[2]
OLDEST = Path(sys.prefix) / "oldest"
SHOW = "import json, sys; show = lambda *items: print(json.dumps(items))\n"
THEIRS = SHOW + "from datasets import load_dataset\n"
OURS = SHOW + "from pythonsecurityeval import load_dataset\n"
REGISTERED = THEIRS + "import pythonsecurityeval; pythonsecurityeval.register()\n"
BOTH = 'd, r = load_dataset("pythonsecurityeval"), load_dataset("pythonsecurityeval", "references")\n'
COUNT = "show({s: d[s].num_rows for s in d}, {s: r[s].num_rows for s in r})"


class Python:
    """Runs code from a folder, with one set of libraries, a cache of its own and no network; gives what it shows."""

    def __init__(self, libraries, folder):
        self.libraries, self._folder = libraries, folder

    def __call__(self, code, cwd=None):
        path = str(OLDEST) if self.libraries == "oldest" else ""
        env = {**os.environ, "HF_HOME": str(self._folder / "cache"), "HF_HUB_OFFLINE": "1", "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-P", "-c", code], cwd=cwd or self._folder, env=env,
            text=True, capture_output=True, check=False, timeout=200,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(params=["oldest", "pinned"])
def python(request, tmp_path):
    if request.param == "oldest" and not OLDEST.is_dir():
        pytest.skip("the oldest supported datasets is not installed; make test does so (make .venv/oldest.installed)")
    return Python(request.param, tmp_path)


@pytest.fixture
def pinned(tmp_path):
    return Python("pinned", tmp_path)


@pytest.fixture
def checkout(tmp_path):
    """A checkout under its usual name, with what belongs to the data set and nothing else, free to be changed."""
    folder = tmp_path / "pythonsecurityeval"
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "unit_tests", folder / "unit_tests")
    (folder / "pythonsecurityeval").mkdir()
    for name in (".huggingface.yaml", "pythonsecurityeval/.huggingface.yaml", "DATASET_CARD.md", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def counts():
    corpus = full()
    return [{"test": len(corpus.rows())}, {"test": len(corpus.reference_rows())}]


# ---- the ways


def test_ours_from_anywhere(python, counts):
    assert python(OURS + BOTH + COUNT) == counts


@pytest.mark.parametrize("below", ["", ".."])
def test_theirs_from_a_checkout_and_its_parent(python, checkout, counts, below):
    assert python(THEIRS + BOTH + COUNT, cwd=checkout / below) == counts


def test_theirs_by_absolute_path(python, checkout, counts):
    assert python(THEIRS + BOTH.replace('"pythonsecurityeval"', repr(str(checkout))) + COUNT, cwd="/") == counts


def test_theirs_from_anywhere_once_registered(python, counts):
    names = "import datasets; n = datasets.get_dataset_config_names('pythonsecurityeval')\n"
    shown = python(REGISTERED + "pythonsecurityeval.register()\n" + BOTH + names + COUNT.replace("show(", "show(n, "))
    assert shown == [["default", "references"], *counts]


def test_registered_name_gives_way_to_a_local_data_set_alone(pinned, tmp_path, counts):
    (tmp_path / "pythonsecurityeval").mkdir()
    assert pinned(REGISTERED + BOTH + COUNT) == counts
    (tmp_path / "pythonsecurityeval/train.jsonl").write_text('{"mine": 1}\n')
    (tmp_path / "other").mkdir()
    (tmp_path / "other/train.jsonl").write_text('{"mine": 2}\n')
    code = 'show(*(load_dataset(name)["train"][0]["mine"] for name in ("pythonsecurityeval", "other")))'
    assert pinned(REGISTERED + code) == [1, 2]


def test_importing_the_package_changes_nothing_in_datasets(pinned):
    code = (
        "import datasets.load, datasets.inspect; before = datasets.load.dataset_module_factory\n"
        "import pythonsecurityeval, pythonsecurityeval.hub.registering\n"
        "show(before is datasets.load.dataset_module_factory is datasets.inspect.dataset_module_factory)"
    )
    assert pinned(SHOW + code) == [True]


# ---- what comes out


def test_both_ways_give_the_same_rows_and_types(python, checkout):
    code = (
        "import pythonsecurityeval, datasets\n"
        "pairs = []\n"
        "for c in ('default', 'references'):\n"
        "    ours = pythonsecurityeval.load_dataset('pythonsecurityeval', c, split='test')\n"
        "    theirs = datasets.load_dataset('pythonsecurityeval', c, split='test')\n"
        "    pairs.append([ours.features == theirs.features, ours.to_list() == theirs.to_list()])\n"
        "show(datasets.__version__.split('.')[0] == '3', pairs)"
    )
    assert python(SHOW + code, cwd=checkout) == [python.libraries == "oldest", [[True, True], [True, True]]]


# ---- the traps


def test_edited_table_is_seen_although_datasets_caches_by_the_yaml(python, checkout, counts):
    """Once built again; until then, `pse corpus build --check` and CI complain."""
    first = "show(load_dataset('pythonsecurityeval')['test'][0]['title'])"
    (before,) = python(THEIRS + first, cwd=checkout)
    task = min((checkout / "data/pythonsecurityeval").glob("PSE-*/task.toml"))
    task.write_text(task.read_text().replace(f'title = "{before}"', 'title = "Another title"'))
    assert compiled.stale(checkout)
    compiled.build(checkout)
    assert python(THEIRS + first, cwd=checkout) == ["Another title"]


def test_stray_json_in_the_package_is_not_the_data_set(pinned, checkout, counts):
    (checkout / "pythonsecurityeval/stray.json").write_text('[{"stray": 1}]')
    assert pinned(THEIRS + BOTH + COUNT, cwd=checkout) == counts


def test_no_file_that_datasets_mistakes_is_in_the_project():
    """A script of the folder's name is an error to `datasets`, a state.json makes it a saved data set."""
    for folder in (ROOT, ROOT / "pythonsecurityeval"):
        assert not (folder / "pythonsecurityeval.py").exists()
        assert not (folder / "state.json").exists()
        assert not (folder / "dataset_infos.json").exists()


def test_bare_dot_is_no_path(pinned, checkout):
    """Documented: give an absolute path."""
    code = "try: load_dataset('.'); show('loaded')\nexcept Exception as e: show(type(e).__name__)"
    assert pinned(THEIRS + code, cwd=checkout) != ["loaded"]


def test_versions_in_the_documentation_are_those_that_these_tests_use():
    pins = [
        next(
            line.split()[0].removeprefix("datasets==")
            for line in path.read_text().splitlines()
            if line.startswith("datasets==")
        )
        for path in (ROOT / "requirements/oldest.txt", ROOT / "requirements/dev.txt")
    ]
    assert f"Tested with `datasets` {pins[0]} and {pins[1]}." in (ROOT / "docs/load-the-data-set.md").read_text()
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert "datasets>=" + pins[0].removesuffix(".0") in pyproject
