"""`load_dataset` of the package: names, rows, types, information."""

import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

from pythonsecurityeval import load_dataset
from pythonsecurityeval.corpora import _tables
from pythonsecurityeval.corpora.pythonsecurityeval import COMPILED, default_root, full
from pythonsecurityeval.errors import UsageError


def test_split_or_all_splits():
    whole = load_dataset("pythonsecurityeval")
    assert list(whole) == ["test"]
    assert whole["test"].to_list() == load_dataset(split="test").to_list() == list(full().rows())


def test_default_table_holds_no_solution():
    assert load_dataset(split="test").column_names == [column.name for column in _tables.TEST]
    references = load_dataset("pythonsecurityeval", "references", split="test")
    assert references.column_names == [column.name for column in _tables.REFERENCES]
    sources = {line.strip() for row in references for line in row["source"].splitlines() if len(line.strip()) > 60}
    for row in load_dataset(split="test"):
        told = row["prompt"] + row["signature"] + row["environment"]
        assert not any(line in told for line in sources), row["task_id"]


def test_information_says_what_was_loaded():
    info = load_dataset(split="test").info
    assert full().sha256 in info.description
    assert (info.license, str(info.version)) == ("CC BY 4.0", full().version)
    assert "2312.00024" in info.citation


def test_mini_is_a_data_set_of_its_own():
    names = load_dataset("mini", split="test")["task_id"][:]
    assert names == sorted(names)
    assert len(names) == 42


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("pythonsecurityevals",), "unknown name 'pythonsecurityevals' among corpora; did you mean pythonsecurityeval"),
        (
            ("pythonsecurityeval", "reference"),
            "unknown configuration 'reference' of pythonsecurityeval; did you mean references?",
        ),
        (("securityeval", "references"), "unknown configuration 'references' of securityeval; known: default"),
    ],
)
def test_wrong_names_are_explained(names, message):
    with pytest.raises(UsageError) as caught:
        load_dataset(*names)
    assert str(caught.value).startswith(message)


def test_wrong_split_is_explained():
    with pytest.raises(UsageError, match="unknown split 'train'; the only one is 'test'"):
        load_dataset(split="train")


# ---- what is declared is what is there: datasets itself would cast, or fill in, without a word


def validator(name):
    return Draft202012Validator(_tables.schema(_tables.TABLES[name]), registry=Registry())


@pytest.mark.parametrize(("name", "path"), zip(_tables.TABLES, COMPILED, strict=True))
def test_every_row_of_the_tables_has_its_declared_shape(name, path):
    check = validator(name)
    Draft202012Validator.check_schema(check.schema)
    for line in (default_root() / path).read_bytes().splitlines():
        assert list(check.iter_errors(json.loads(line))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"upstream_id": "5"},
        {"title": 5},
        {"weakness": [{"file": "insecure.py", "cwe": "CWE-1", "what": "no list of rules"}]},
        {"libraries": "requests"},
        {"solution": "x = 1"},
        {"prompt": None},
        {"upstream_id": True},
    ],
)
def test_row_of_another_shape_is_refused(change):
    row = {**full().rows()[0], **change}
    assert not validator("default").is_valid(row)
    assert validator("default").is_valid(full().rows()[0])


@pytest.mark.parametrize("column", [column.name for column in _tables.TEST])
def test_missing_column_is_refused(column):
    row = {key: value for key, value in full().rows()[0].items() if key != column}
    assert not validator("default").is_valid(row)
