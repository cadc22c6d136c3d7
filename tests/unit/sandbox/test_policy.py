import os
import sys
import tempfile
import venv

import pytest

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.sandbox import SandboxPool
from pythonsecurityeval.sandbox.imports import kind_for
from pythonsecurityeval.sandbox.policy import Limits, Readable, environment, reachable_by_anyone, readable
from pythonsecurityeval.types import UnitTest


def test_what_is_hidden_is_cut_out_of_what_is_readable(tmp_path):
    for name in ("lib/site/pkg/_data/secret", "lib/site/pkg/code", "lib/site/other", "lib/top"):
        (tmp_path / name).mkdir(parents=True)
    hidden = f"{tmp_path}/lib/site/pkg/_data"
    trees, listable = Readable((str(tmp_path),), (hidden,)).expanded()
    inside = {path.removeprefix(f"{tmp_path}/") for path in trees}
    assert inside == {"lib/site/pkg/code", "lib/site/other", "lib/top"}
    assert f"{tmp_path}/lib/site/pkg" in listable
    assert not any(hidden == path or hidden.startswith(f"{path}/") for path in trees)


def test_the_checkout_beside_the_package_is_not_readable():
    trees = readable().trees
    assert any(path.endswith("/pythonsecurityeval") for path in trees)
    assert not any(path.endswith(("/unit_tests", "/data", "/tests")) for path in trees)
    assert not {"/", "/etc", "/proc", "/home", "/root", "/tmp", "/usr"} & set(trees)


def test_candidates_inherit_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    assert "SECRET" not in environment("/scratch", 0)
    assert environment("/scratch", 7)["PYTHONHASHSEED"] == "7"


def test_imports_choose_the_fork_server():
    assert kind_for("import os, requests", ()).heavy
    assert kind_for("def f():\n    from flask import Flask", ()).heavy
    assert kind_for("x = __import__('pandas')", ()).heavy
    assert not kind_for("import os\nimport json as requests_like\n", ()).heavy
    assert not kind_for("", ()).heavy
    assert not kind_for("import \\\n\0", ()).heavy


def test_what_the_kit_uses_for_any_suite_chooses_it_too():
    def test(suite, source):
        return UnitTest(task_id="PSE-001", suite=suite, source=source)

    plain = test("functional", "self.solution.f(frame, view)")
    assert kind_for("", [plain, test("security", "self.solution.f(self.given.frame(['a'], [[1]]))")]).heavy
    assert kind_for("", [plain, test("security", "client = self.view.wsgi(app)")]).heavy
    assert not kind_for("", [plain, test("security", "self.given.clock('2020-01-01'); self.view.frames")]).heavy


def test_wall_time_is_a_multiple_of_cpu_time():
    assert Limits(cpu_s=2.0, wall_factor=3.0).wall_s == 6.0
    assert Limits(**Limits(processes=7).plain()).processes == 7


def test_a_folder_that_only_its_owner_may_enter_is_not_reachable_by_anyone(tmp_path):
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and str(folder).startswith(tempfile.gettempdir() + "/"):
            folder.chmod(0o755)
    inner = tmp_path / "inner"
    inner.mkdir(mode=0o755)
    assert reachable_by_anyone((str(inner),))
    inner.chmod(0o700)
    assert not reachable_by_anyone((str(inner),))


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's candidates own what he owns")
def test_candidates_that_cannot_read_their_libraries_are_no_models_fault(tmp_path):
    private = tmp_path / "private"
    venv.create(private, symlinks=True)
    (private / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "some.py").touch()
    private.chmod(0o700)
    pool = SandboxPool(tier="namespaces", python=str(private / "bin/python"))
    with pytest.raises(IsolationError, match=r"test_libraries_can_be_read.*private"), pool:
        pass
