"""Publishing on a hub of our own, and everything that others then do with what was published."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import whole_run
import yaml
from loopback_hub import loopback_hub

from pythonsecurityeval.corpora.pythonsecurityeval import full

ROOT = Path(__file__).parents[2]
OLDEST = Path(sys.prefix) / "oldest"
REPO = "org/pythonsecurityeval"
FILES = [
    "CITATION.cff",
    "GATES.md",
    "README.md",
    "croissant.json",
    "data/references.jsonl",
    "data/test.jsonl",
    "eval.yaml",
]
PUBLISH = (
    "import sys; from pathlib import Path\n"
    "from pythonsecurityeval.hub.publishing import publish\n"
    "print(publish(Path(sys.argv[1]), sys.argv[2]))"
)


@pytest.fixture(scope="module")
def hub():
    with loopback_hub() as hub:
        yield hub


@pytest.fixture
def python(hub, tmp_path):
    def python(code, *args, token="hf_x", libraries=""):
        env = {**os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path / "cache"), "HF_TOKEN": token}
        env["PYTHONPATH"] = str(libraries)
        env.pop("HF_HUB_OFFLINE", None)
        return subprocess.run(
            [sys.executable, "-P", "-c", code, *map(str, args)], cwd=tmp_path, env=env,
            text=True, capture_output=True, check=False, timeout=200,
        )  # fmt: skip

    return python


@pytest.fixture(scope="module")
def published(hub, tmp_path_factory):
    """The data set of this checkout, published by the command as a maintainer would."""
    env = {
        **os.environ,
        "HF_ENDPOINT": hub.address,
        "HF_TOKEN": "hf_x",
        "HF_HOME": str(tmp_path_factory.mktemp("home")),
    }
    command = [Path(sys.executable).parent / "pse", "hub", "publish", "--repo", REPO]
    done = subprocess.run(command, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{hub.address}/datasets/{REPO}/commit/")
    assert done.stderr == ""
    return hub.repositories[REPO]


@pytest.fixture
def checkout(tmp_path):
    """What is published of a checkout, free to be changed."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("pythonsecurityeval"))
    for name in ("DATASET_CARD.md", "croissant.json", "CITATION.cff", "eval.yaml", "GATES.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_one_commit_with_the_files_and_a_tag(published):
    version = full().version
    assert [message for _, _, message in published.commits] == ["initial commit", f"Version {version}"]
    sha, files, _ = published.commits[-1]
    assert sorted(files) == FILES
    assert files["data/test.jsonl"] == (ROOT / "data/test.jsonl").read_bytes()
    assert published.tags == {f"v{version}": sha}
    assert b"ORG/" not in files["README.md"]
    assert f'load_dataset("{REPO}")'.encode() in files["README.md"]


@pytest.mark.parametrize("libraries", [OLDEST, ""], ids=["oldest", "pinned"])
def test_loaded_by_name_tag_and_commit_streamed_and_copied(published, python, libraries):
    if libraries and not libraries.is_dir():
        pytest.skip("the oldest supported datasets is not installed; make test does so (make .venv/oldest.installed)")
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "import datasets\n"
        "from datasets import load_dataset, get_dataset_config_names\n"
        "from huggingface_hub import snapshot_download\n"
        "repo, tag, sha = sys.argv[1:]\n"
        "whole = load_dataset(repo)['test'].to_list()\n"
        "print(json.dumps({\n"
        "    'libraries': str(Path(datasets.__file__).parents[1]),\n"
        "    'configs': get_dataset_config_names(repo),\n"
        "    'ids': [row['task_id'] for row in whole],\n"
        "    'tag': load_dataset(repo, revision=tag)['test'].to_list() == whole,\n"
        "    'sha': load_dataset(repo, revision=sha)['test'].to_list() == whole,\n"
        "    'streamed': list(load_dataset(repo, split='test', streaming=True)) == whole,\n"
        "    'references': load_dataset(repo, 'references')['test'].num_rows,\n"
        "    'ours': __import__('pythonsecurityeval').load_dataset(split='test').to_list() == whole,\n"
        "    'copied': sorted(str(p.relative_to(d)) for d in [Path(snapshot_download(repo, repo_type='dataset'))] for p in d.rglob('*') if p.is_file()),\n"
        "}))"
    )
    done = python(code, REPO, f"v{full().version}", published.commits[-1][0], token="", libraries=libraries)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found.pop("libraries") == str(OLDEST)) is bool(libraries)
    assert found.pop("ids") == [task.task_id for task in full().tasks()]
    assert found == {
        "configs": ["default", "references"], "tag": True, "sha": True, "streamed": True, "ours": True,
        "references": len(full().reference_rows()), "copied": FILES,
    }  # fmt: skip


def test_publishing_again_without_a_change_makes_no_commit(published, python, hub):
    commits = len(published.commits)
    done = python(PUBLISH, ROOT, REPO)
    assert done.returncode == 0, done.stderr
    assert len(published.commits) == commits
    assert done.stdout.strip().endswith(published.commits[-1][0])


def test_mended_card_is_a_commit_and_moves_no_tag(published, python, checkout):
    tags = dict(published.tags)
    (checkout / "DATASET_CARD.md").write_text((ROOT / "DATASET_CARD.md").read_text() + "\nOne more sentence.\n")
    commits = len(published.commits)
    done = python(PUBLISH, checkout, REPO)
    assert done.returncode == 0, done.stderr
    assert len(published.commits) == commits + 1
    assert published.tags == tags


def change_table(checkout, change=lambda text: text.partition("\n")[2]):
    """Another table (with its first row gone) and its right hash, as after `pse corpus build`."""
    table = checkout / "data/test.jsonl"
    old = hashlib.sha256(table.read_bytes()).hexdigest()
    table.write_text(change(table.read_text()))
    sums = checkout / "data/SHA256SUMS"
    sums.write_text(sums.read_text().replace(old, hashlib.sha256(table.read_bytes()).hexdigest()))


def test_version_that_was_published_is_never_replaced(published, python, checkout):
    change_table(checkout)
    commits = len(published.commits)
    done = python(PUBLISH, checkout, REPO)
    assert done.returncode == 1
    assert f"v{full().version} is published with another data/test.jsonl; raise data/VERSION first" in done.stderr
    assert len(published.commits) == commits


def test_next_version_gets_a_tag_of_its_own(published, python, checkout):
    change_table(checkout)
    (checkout / "data/VERSION").write_text("9.0.0\n")
    done = python(PUBLISH, checkout, REPO)
    assert done.returncode == 0, done.stderr
    assert published.tags["v9.0.0"] == published.commits[-1][0]


# ---- what is refused before anything is sent


def publish_error(python, *args, **options):
    done = python(
        "from pythonsecurityeval.cli import pse; import sys; sys.argv[0] = 'pse'; pse()",
        "hub",
        "publish",
        *args,
        **options,
    )
    return done.returncode, done.stderr


def test_name_without_a_namespace(python, hub):
    asked = len(hub.asked)
    code, said = publish_error(python, "--repo", "pythonsecurityeval")
    assert (code, said) == (
        2,
        "pse: 'pythonsecurityeval' has no namespace, and a hub has no names without one; give ORG/pythonsecurityeval\n",
    )
    code, said = publish_error(python, "--repo", "a/b/c")
    assert code == 2
    assert "no name of a repository" in said
    code, said = publish_error(python, "--repo", "a b", "--stage", "staged")
    assert (code, "no name of a repository" in said) == (2, True)
    assert len(hub.asked) == asked


def test_without_a_token_the_hub_s_refusal_is_one_line(python):
    code, said = publish_error(python, "--repo", "org/other", token="")
    assert code == 3
    assert said.startswith("pse: org/other: not published: ")
    assert "401" in said
    assert len(said.splitlines()) == 1


def test_table_that_is_not_what_the_hashes_say(python, checkout):
    (checkout / "data/test.jsonl").write_text((checkout / "data/test.jsonl").read_text() + "\n")
    done = python(PUBLISH, checkout, REPO)
    assert done.returncode == 1
    assert "data/test.jsonl: sha256 is" in done.stderr


def test_table_whose_rows_are_not_as_declared(python, checkout):
    change_table(checkout, lambda text: text.replace('"upstream_id": ', '"upstream_id": "x", "was": ', 1))
    done = python(PUBLISH, checkout, REPO)
    assert done.returncode == 1
    assert "data/test.jsonl:1: $" in done.stderr


@pytest.mark.parametrize(
    ("path", "old", "new", "stale"),
    [
        ("eval.yaml", "insecure_rate", "accuracy", ["eval.yaml"]),
        ("DATASET_CARD.md", "| tasks | ", "| tasks | 9", ["DATASET_CARD.md"]),
        ("unit_tests/PSE-001/functional.py", "\n", "\n# edited\n", ["data/test.jsonl", "DATASET_CARD.md"]),
    ],
)
def test_checkout_that_was_edited_and_not_built_is_not_published(python, hub, tmp_path, path, old, new, stale):
    copy = tmp_path / "copy"
    for name in ("pythonsecurityeval", "data", "unit_tests", "examples"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("DATASET_CARD.md", "croissant.json", "CITATION.cff", "eval.yaml", "GATES.md", ".huggingface.yaml"):
        shutil.copy(ROOT / name, copy / name)
    text = (copy / path).read_text()
    (copy / path).write_text(text.replace(old, new, 1))
    assert (copy / path).read_text() != text
    asked = len(hub.asked)
    code, said = publish_error(python, "--repo", REPO, libraries=copy)
    assert code == 1
    for name in stale:
        assert f"pse: {name}: not up to date; run `pse corpus build`\n" in said
    assert len(hub.asked) == asked


def test_staged_folder_is_what_datasets_loads(python, tmp_path):
    code, said = publish_error(python, "--repo", REPO, "--stage", tmp_path / "staged")
    assert (code, said) == (0, "")
    assert sorted(str(path.relative_to(tmp_path / "staged")) for path in (tmp_path / "staged").rglob("*.*")) == FILES
    load = "import sys, datasets; print(datasets.load_dataset(sys.argv[1])['test'].num_rows)"
    assert python(load, tmp_path / "staged").stdout.strip() == str(len(full().tasks()))
    code, said = publish_error(python, "--repo", REPO, "--stage", tmp_path / "staged")
    assert (code, "is not an empty folder" in said) == (2, True)


# ---- results of a model


def test_results_of_a_model_name_tasks_and_revision_of_the_benchmark_as_published(published, python, hub, tmp_path):
    """As somebody does who scored a model: the file, put into its repository, read back by the hub's own parser."""
    whole_run.write_run(tmp_path / "run")
    tag = f"v{full().version}"
    command = ["hub", "results", tmp_path / "run", "--dataset", REPO, "--revision", tag, "--out", tmp_path / "model"]
    code = "from pythonsecurityeval.cli import pse; import sys; sys.argv[0] = 'pse'; pse()"
    assert (python(code, *command).returncode, python(code, *command).returncode) == (0, 2)
    upload = (
        "import json, sys, yaml\n"
        "from dataclasses import asdict\n"
        "from huggingface_hub import HfApi, hf_hub_download, parse_eval_result_entries\n"
        "benchmark, tag, folder = sys.argv[1:]\n"
        "api = HfApi()\n"
        "api.create_repo('org/model')\n"
        "api.upload_folder(repo_id='org/model', folder_path=folder)\n"
        "def read(*args, **more): return yaml.safe_load(open(hf_hub_download(*args, **more)))\n"
        "found = parse_eval_result_entries(read('org/model', '.eval_results/pythonsecurityeval.yaml'))\n"
        "tasks = read(benchmark, 'eval.yaml', repo_type='dataset', revision=found[0].dataset_revision)['tasks']\n"
        "print(json.dumps([tasks, [asdict(entry) for entry in found]]))"
    )
    done = python(upload, REPO, tag, tmp_path / "model")
    assert done.returncode == 0, done.stderr[-3000:]
    tasks, found = json.loads(done.stdout.splitlines()[-1])
    assert {entry["task_id"] for entry in found} <= {task["id"] for task in tasks}
    assert {(entry["dataset_id"], entry["dataset_revision"]) for entry in found} == {(REPO, tag)}
    assert published.tags[tag] in {sha for sha, *_ in published.commits}
    assert yaml.safe_load((ROOT / "eval.yaml").read_text())["tasks"] == tasks
    assert list(hub.repositories["org/model"].commits[-1][1]) == [".eval_results/pythonsecurityeval.yaml"]
