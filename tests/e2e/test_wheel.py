"""The wheel alone is enough: corpus, examples and commands, installed and run outside the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed, tmp_path, code, *args):
    """Runs code with the wheel's package first on the path; ``-P`` keeps the current folder off it."""
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *args],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, text=True, capture_output=True, check=False,
    )  # fmt: skip


def test_the_package_is_the_wheels(installed, tmp_path):
    done = run(installed, tmp_path, "import pythonsecurityeval; print(pythonsecurityeval.__file__)")
    assert done.stdout.strip() == str(installed / "pythonsecurityeval" / "__init__.py")


def test_the_wheel_scores_the_shipped_examples(installed, tmp_path):
    example = installed / "pythonsecurityeval" / "_data" / "examples" / "secure.jsonl"
    code = "from pythonsecurityeval.cli import pse_score; pse_score()"
    done = run(installed, tmp_path, code, str(example), "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    metrics = json.loads(done.stdout)["metrics"]
    assert metrics["secure_pass_at_k"]["1"]["value"] == 1.0


def test_the_wheel_holds_no_tests_results_or_caches(installed):
    names = {path.relative_to(installed).parts[0] for path in installed.rglob("*")}
    assert {name.partition("-")[0] for name in names} == {"pythonsecurityeval"}
    assert not list(installed.rglob("__pycache__"))
    assert (installed / "pythonsecurityeval" / "py.typed").exists()
