"""What a hub reads beside the tables: made from them, valid, and refused where stale."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from corpus_bench import ID, Bench

from pythonsecurityeval.corpora import _tables
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.corpora._task_format import CANARY
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.gates import compiled, croissant, hub_files
from pythonsecurityeval.gates.matrix import GATES

ROOT = Path(__file__).parents[2]
CARD = (
    "---\npretty_name: Ours\nsize_categories: wrong\n---\n# Ours\n<!-- made: version -->\nold\n<!-- end -->\nBy hand.\n"
)
MADE = (hub_files.CARD, hub_files.YAML, hub_files.EVALUATION, hub_files.CROISSANT)


@pytest.fixture
def carded(bench: Bench) -> Bench:
    (bench.root / hub_files.CARD).write_text(CARD)
    compiled.build(bench.root)
    return bench


def front(path: Path) -> dict:
    return yaml.safe_load(path.read_text().split("---\n")[1])


# ---- made, and stale when the corpus changes


def test_corpus_without_a_card_has_none_of_it(bench: Bench) -> None:
    compiled.build(bench.root)
    assert not any((bench.root / path).exists() for path in MADE)


def test_derived_parts_are_made_and_the_others_kept(carded: Bench) -> None:
    text = (carded.root / hub_files.CARD).read_text()
    assert "# Ours\n<!-- made: version -->\nVersion 1.0.0, 1 tasks.\n<!-- end -->\nBy hand.\n" in text
    found = front(carded.root / hub_files.CARD)
    assert (found["pretty_name"], found["size_categories"]) == ("Ours", ["n<1K"])
    assert [info["splits"][0]["num_examples"] for info in found["dataset_info"]] == [1, 3]
    assert compiled.build(carded.root) == ()


def test_every_configuration_carries_version_and_hash_of_its_table(carded: Bench) -> None:
    for path in (hub_files.CARD, hub_files.YAML):
        found = (
            front(carded.root / path) if path == hub_files.CARD else yaml.safe_load((carded.root / path).read_text())
        )
        for config in found["configs"]:
            table = carded.root / config["data_files"][0]["path"]
            assert config["version"] == "1.0.0"
            assert config["description"] == f"sha256:{hashlib.sha256(table.read_bytes()).hexdigest()}"


def test_all_configurations_share_one_format(carded: Bench) -> None:
    """`datasets` takes the first one's for all."""
    files = [config["data_files"] for config in front(carded.root / hub_files.CARD)["configs"]]
    assert {Path(file["path"]).suffix for (file,) in files} == {".jsonl"}


def test_edited_task_makes_all_of_it_stale(carded: Bench) -> None:
    carded.edit(carded.functional, "two litres", "three litres")
    stale = " ".join(compiled.stale(carded.root))
    of_the_tasks = {*MADE, corpus.SUMS} - {hub_files.EVALUATION}
    assert all(f"{path}: not up to date" in stale for path in of_the_tasks)


def test_new_version_alone_makes_it_stale(carded: Bench) -> None:
    (carded.root / hub_files.CITATION).write_text("version: 0\ndate-released: 2026-12-31\n")
    (carded.root / corpus.VERSION).write_text("2.0.0\n")
    assert str(hub_files.CARD) in " ".join(compiled.stale(carded.root))
    compiled.build(carded.root)
    assert (carded.root / hub_files.CITATION).read_text() == "version: 2.0.0\ndate-released: 2026-12-31\n"
    machine = json.loads((carded.root / hub_files.CROISSANT).read_text())
    assert (machine["version"], machine["datePublished"]) == ("2.0.0", "2026-12-31")


def test_edited_list_of_metrics_is_stale_and_made_again(carded: Bench) -> None:
    file = carded.root / hub_files.EVALUATION
    made = file.read_text()
    for edited in (made.replace("secure_pass_at_1\n", "accuracy\n", 1), made + "- id: accuracy\n", ""):
        file.write_text(edited)
        assert compiled.stale(carded.root) == ("eval.yaml: not up to date; run `pse corpus build`",)
        assert compiled.build(carded.root) == (hub_files.EVALUATION,)
        assert file.read_text() == made


def test_folder_of_the_package_names_the_same_tables(carded: Bench) -> None:
    (carded.root / hub_files.PACKAGE).mkdir()
    compiled.build(carded.root)
    found = yaml.safe_load((carded.root / hub_files.PACKAGE / hub_files.YAML).read_text())
    for config, path in zip(found["configs"], corpus.COMPILED, strict=True):
        assert (carded.root / hub_files.PACKAGE / config["data_files"][0]["path"]).resolve() == carded.root / path


def test_card_without_front_matter_is_refused(carded: Bench) -> None:
    (carded.root / hub_files.CARD).write_text("# Ours\n")
    with pytest.raises(UsageError, match="has no front matter"):
        compiled.build(carded.root)


def test_mark_that_nothing_fills_is_refused(carded: Bench) -> None:
    (carded.root / hub_files.CARD).write_text(CARD.replace("made: version", "made: coffee"))
    with pytest.raises(UsageError, match="nothing makes 'coffee'; known: version, totals"):
        compiled.build(carded.root)


def test_columns_declared_are_those_of_the_rows(bench: Bench) -> None:
    full = corpus.full(bench.root)
    assert list(full.rows()[0]) == [column.name for column in _tables.TEST]
    assert list(full.reference_rows()[0]) == [column.name for column in _tables.REFERENCES]
    weakness = next(column for column in _tables.TEST if column.name == "weakness")
    assert list(full.rows()[0]["weakness"][0]) == [column.name for column in weakness.kind]


# ---- ours


def test_card_says_what_a_hub_asks_for() -> None:
    found = front(ROOT / hub_files.CARD)
    wanted = {
        "language", "license", "pretty_name", "size_categories", "task_categories", "annotations_creators",
        "source_datasets", "tags", "configs", "dataset_info",
    }  # fmt: skip
    assert wanted <= found.keys()
    assert (found["license"], found["annotations_creators"]) == ("cc-by-4.0", ["machine-generated"])


def test_card_fills_every_mark_and_names_every_licence() -> None:
    text = (ROOT / hub_files.CARD).read_text()
    assert not re.search(r"<!-- made: \w+ -->\n<!-- end -->", text)
    assert text.count("<!-- made:") == text.count("<!-- end -->") == 8
    assert "GPL-3.0" in text
    assert text.count("none stated") == 2
    assert CANARY in text


def test_canary_stands_in_every_row_and_test_and_in_no_prompt() -> None:
    for row in corpus.full().rows():
        assert row["canary"] == CANARY
        tests = [row["functional_test"]] + [row["security_test"]] * bool(row["security_test"])
        assert all(CANARY in next(line for line in test.splitlines() if line.startswith("#")) for test in tests)
        assert CANARY not in row["prompt"] + row["environment"]


def test_croissant_is_valid_and_its_records_are_the_rows() -> None:
    code = (
        "import json, sys, mlcroissant, warnings\n"
        "dataset = mlcroissant.Dataset(jsonld=sys.argv[1])\n"
        "rows = [r['default/task_id'].decode() for r in dataset.records('default')]\n"
        "kinds = [r['references/kind'].decode() for r in dataset.records('references')]\n"
        "cwes = [[w['default/weakness/cwe'].decode() for w in r['default/weakness']] for r in dataset.records('default')]\n"
        "print(json.dumps([sorted(dataset.metadata.ctx.issues.errors), rows, kinds, cwes]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, ROOT / hub_files.CROISSANT], text=True, capture_output=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    errors, rows, kinds, cwes = json.loads(done.stdout.splitlines()[-1])
    full = corpus.full()
    assert errors == []
    assert rows == [task.task_id for task in full.tasks()]
    assert cwes == [[weakness.cwe for weakness in task.weakness] for task in full.tasks()]
    assert kinds == [row["kind"] for row in full.reference_rows()]


def test_croissant_names_the_files_by_hash_and_says_how_they_came_to_be() -> None:
    machine = json.loads((ROOT / hub_files.CROISSANT).read_text())
    for file in machine["distribution"]:
        assert file["sha256"] == hashlib.sha256((ROOT / file["contentUrl"]).read_bytes()).hexdigest()
    assert "http://mlcommons.org/croissant/RAI/1.0" in machine["conformsTo"]
    assert {f"rai:{name}" for name in croissant.RAI} <= machine.keys()
    assert ID not in json.dumps(machine["rai:dataCollection"])


def test_benchmark_has_a_task_for_every_metric_of_the_contract() -> None:
    found = yaml.safe_load((ROOT / hub_files.EVALUATION).read_text())
    assert list(found) == ["name", "description", "evaluation_framework", "tasks"]
    assert found["evaluation_framework"] == "pythonsecurityeval"
    assert all(task.keys() == {"id", "config", "split"} for task in found["tasks"])
    configs = {config["config_name"]: config for config in front(ROOT / hub_files.CARD)["configs"]}
    for task in found["tasks"]:
        assert task["split"] in {file["split"] for file in configs[task["config"]]["data_files"]}
    ids = [task["id"] for task in found["tasks"]]
    assert ids[0] == "secure_pass_at_1"
    assert sorted(ids) == sorted([
        "insecure_rate", "insecure_rate_above_floor", "clean_rate", "not_analysable_rate",
        "pass_rate", "insecure_pass_rate", "resolved", "unresolved", "introduced",
        "withstood_rate", "broken_rate", "undetermined_rate",
        "pass_at_1", "pass_at_5", "pass_at_10",
        "secure_pass_at_1", "secure_pass_at_5", "secure_pass_at_10",
        "secure_pass_at_1_all", "secure_pass_at_5_all", "secure_pass_at_10_all",
        "analyser_sensitivity", "analyser_specificity",
        "analyser_above_floor_sensitivity", "analyser_above_floor_specificity",
    ])  # fmt: skip


def test_citation_names_this_version_and_the_paper() -> None:
    citation = yaml.safe_load((ROOT / hub_files.CITATION).read_text())
    assert {"cff-version", "message", "title", "authors", "type", "license"} <= citation.keys()
    assert citation["type"] == "dataset"
    assert citation["version"] == corpus.full().version
    assert citation["references"][0]["url"].endswith("2312.00024")


def test_published_matrix_has_every_task_at_every_gate() -> None:
    text, whole = (ROOT / "GATES.md").read_text("utf-8"), corpus.full()
    lines = (line for line in text.splitlines() if line.startswith("| PSE-"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [row[0] for row in rows] == list(corpus.task_ids(ROOT)), "run pse corpus validate --matrix GATES.md"
    assert {tuple(row[1:-1]) for row in rows} == {("ok",) * len(GATES)}
    assert f"Version {whole.version}: {len(rows)} of {len(rows)} tasks pass" in text
