"""The example plugins, installed into a folder of their own as a user would install them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples" / "plugins"


@pytest.fixture(scope="session")
def plugins(tmp_path_factory):
    """A folder for PYTHONPATH with both plugins; the checkout stays as it is."""
    site, work = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("plugins")
    for name in ("echo", "retry"):
        (work / name).mkdir()
        for source in (EXAMPLES / name).iterdir():
            if source.is_file():
                (work / name / source.name).write_bytes(source.read_bytes())
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*pip, "--target", site, work / "echo", work / "retry"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def python(plugins, tmp_path):
    """Runs Python with the plugins installed."""

    def run(*arguments):
        env = {**os.environ, "PYTHONPATH": str(plugins)}
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            timeout=250,
            check=False,
        )

    return run


@pytest.fixture
def pse(python):
    def run(*arguments):
        return python("-c", "from pythonsecurityeval.cli import pse; pse()", *arguments)

    return run
