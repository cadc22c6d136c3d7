"""The package alone is enough: built from its own source archive, installed and run outside the checkout."""

import hashlib
import json
import os
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from pythonsecurityeval.corpora.pythonsecurityeval import full

ROOT = Path(__file__).parents[2]
DATA = "pythonsecurityeval/_data/"


def build(source, out, *kinds):
    command = [sys.executable, "-m", "build", *kinds, "--no-isolation", "--outdir", out, source]
    return subprocess.run(command, text=True, capture_output=True, check=False)


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The source archive of the checkout, and the wheel made from that archive."""
    out = tmp_path_factory.mktemp("dist")
    done = build(ROOT, out)
    assert done.returncode == 0, done.stdout[-3000:]
    return out


@pytest.fixture(scope="module")
def wheel(dist):
    (wheel,) = dist.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment of its own with the wheel; third-party libraries are linked from this one, to save a download.

    Linked as files: the sandbox grants a candidate its own environment and nothing beside it.
    """
    home = tmp_path_factory.mktemp("env")
    home.chmod(0o755)  # pytest's folders are closed to others, and candidates run as somebody else
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", home / "bin/python"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    for libraries in site.getsitepackages():
        shutil.copytree(libraries, packages, copy_function=link, ignore=OWN, dirs_exist_ok=True)
    return home


OWN = shutil.ignore_patterns("pythonsecurityeval*", "__editable__*", "*.pth")


def link(source, target):
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


@pytest.fixture
def run(installed, tmp_path):
    def run(command, *args, cwd=tmp_path):
        env = {**os.environ, "HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"}
        env = {name: value for name, value in env.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [installed / "bin" / command, *map(str, args)], cwd=cwd, env=env, text=True, capture_output=True, check=False
        )  # fmt: skip

    return run


@pytest.fixture
def python(run):
    def python(code, cwd):
        done = run("python", "-P", "-c", f"import json, sys\n{code}", cwd=cwd)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    return python


def package(installed):
    (found,) = installed.glob("lib/python*/site-packages/pythonsecurityeval")
    return found


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


# ---- what is in it


def test_wheel_holds_exactly_the_files_that_the_hashes_list(wheel):
    listed = [line.partition("  ")[2] for line in (ROOT / "data/SHA256SUMS").read_text().splitlines()]
    examples = [f"examples/{path.name}" for path in ROOT.glob("examples/*.jsonl")]
    inside = [name.removeprefix(DATA) for name in names(wheel) if name.startswith(DATA)]
    assert sorted(inside) == sorted([*listed, "data/SHA256SUMS", *examples])
    with zipfile.ZipFile(wheel) as archive:
        for line in archive.read(f"{DATA}data/SHA256SUMS").decode().splitlines():
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(archive.read(DATA + path)).hexdigest() == digest


def test_wheel_holds_the_card_once_and_no_tests_results_or_caches(wheel):
    found = names(wheel)
    assert len(found) == len(set(found))
    assert {name.partition("/")[0].partition("-")[0] for name in found} == {"pythonsecurityeval"}
    assert not [name for name in found if "__pycache__" in name or "/tests/" in name]
    assert "pythonsecurityeval/py.typed" in found
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("pythonsecurityeval/README.md") == (ROOT / "DATASET_CARD.md").read_bytes()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="what belongs to a checkout is known to git alone")
def test_source_archive_holds_what_a_checkout_holds(dist):
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as found:
        inside = {name.partition("/")[2] for name in found.getnames()}
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, text=True, capture_output=True, check=True).stdout.split(
        "\n"
    )
    wanted = {name for name in tracked if name and (ROOT / name).is_file()}
    assert wanted - inside == set()
    assert not [name for name in inside if name.startswith((".venv", "results", ".git/"))]


def test_wheel_of_an_edited_corpus_is_not_built(dist, tmp_path):
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as found:
        found.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    task = min(source.glob("unit_tests/PSE-*/functional.py"))
    task.write_text(task.read_text() + "# edited\n")
    done = build(source, tmp_path / "out", "--wheel")
    assert done.returncode != 0
    assert f"{task.relative_to(source)}: sha256 is" in done.stdout + done.stderr
    assert not list((tmp_path / "out").glob("*.whl"))


def test_checkout_keeps_no_copies():
    assert not (ROOT / "pythonsecurityeval/_data").exists()
    assert not (ROOT / "pythonsecurityeval/README.md").exists()


# ---- installed


def test_the_package_is_the_wheels(installed, python, tmp_path):
    found = python("import pythonsecurityeval as p; print(json.dumps(p.__file__))", tmp_path)
    assert found == str(package(installed) / "__init__.py")


def test_it_scores_the_shipped_examples_and_states_the_results(installed, run, tmp_path):
    done = run("pse-score", package(installed) / "_data/examples/secure.jsonl", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["metrics"]["secure_pass_at_k"]["1"]["value"] == 1.0, summary["counts"]
    published = ["--dataset", "org/pythonsecurityeval", "--revision", f"v{full().version}", "--out", "model"]
    done = run("pse", "hub", "results", tmp_path / "results/secure", *published)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "secure_pass_at_1: 1"
    assert (tmp_path / done.stdout.splitlines()[-1]).is_file()


def test_corpus_is_the_checkouts(python, tmp_path):
    code = "from pythonsecurityeval.corpora.pythonsecurityeval import full; print(json.dumps(full().sha256))"
    assert python(code, tmp_path) == full().sha256


COUNT = "print(json.dumps([load_dataset('pythonsecurityeval', c)['test'].num_rows for c in ('default', 'references')]))"
OURS = "from pythonsecurityeval import load_dataset\n"
REGISTERED = "from datasets import load_dataset\nimport pythonsecurityeval; pythonsecurityeval.register()\n"


@pytest.mark.parametrize("loader", [OURS, REGISTERED], ids=["ours", "registered"])
def test_it_loads_as_a_data_set(python, tmp_path, loader):
    assert python(loader + COUNT, tmp_path) == [len(full().rows()), len(full().reference_rows())]


def test_datasets_alone_loads_it_beside_the_package(installed, python):
    loaded = python("from datasets import load_dataset\n" + COUNT, package(installed).parent)
    assert loaded == [len(full().rows()), len(full().reference_rows())]


def test_publishing_wants_a_checkout(run, tmp_path):
    done = run("pse", "hub", "publish", "--repo", "org/x", "--stage", tmp_path / "staged")
    assert (done.returncode, "publish from a checkout" in done.stderr) == (2, True)
