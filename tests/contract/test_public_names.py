"""The public surface is a promise: a name appears or goes only with a change here."""

import subprocess
import sys

import pythonsecurityeval


def test_exported_names():
    assert set(pythonsecurityeval.__all__) == {
        "Options",
        "Report",
        "__version__",
        "load_dataset",
        "merge",
        "register",
        "score",
    }
    for name in pythonsecurityeval.__all__:
        assert getattr(pythonsecurityeval, name) is not None


def test_importing_the_package_imports_nothing_heavy():
    code = "import sys, pythonsecurityeval; print(sorted(m for m in sys.modules if m.startswith(('pandas', 'bandit', 'rich', 'click', 'datasets', 'huggingface_hub', 'numpy'))))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from pythonsecurityeval.cli._main import commands, run\n"
        "sys.argv = ['pse', '--help']\n"
        "run(commands, 'pse')\n"
        "print([m for m in ('pandas', 'numpy', 'bandit', 'rich', 'datasets', 'sqlglot', 'asyncio') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()[-1] == "[]"
