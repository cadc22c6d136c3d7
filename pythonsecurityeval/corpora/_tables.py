"""The two tables of the corpus: their columns, declared once, and the rows that fill them.

What is declared here becomes the features of `datasets`, the fields of Croissant, the columns of
the card, and a JSON Schema, since `datasets` casts a wrong type and fills a missing column in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pythonsecurityeval._codec import encode
from pythonsecurityeval.corpora import _task_format
from pythonsecurityeval.types import Reference, Task, UnitTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: Its key in a row.
        about: What it holds, for the card.
        kind: Of one value; of an object, its columns.
        many: Whether a row holds a list of them.
    """

    name: str
    about: str
    kind: Literal["string", "integer"] | tuple[Column, ...] = "string"
    many: bool = False


_WEAKNESS = (
    Column(name="file", about="the reference that has it"),
    Column(name="cwe", about="its CWE"),
    Column(name="bandit", about="Bandit rules that flag it; empty where Bandit is blind", many=True),
    Column(name="what", about="one sentence"),
)

TEST = (
    Column(name="task_id", about="`PSE-nnn`, nnn as in the published corpus"),
    Column(name="title", about="a few words"),
    Column(name="domain", about="one of seven fields of work"),
    Column(name="prompt", about="what a model is asked"),
    Column(name="entry_point", about="the name the tests start from"),
    Column(name="signature", about="every public name the tests use"),
    Column(name="stratum", about="`exploitable`, `static` or `control`"),
    Column(name="bandit_floor", about="Bandit rules that no working answer avoids", many=True),
    Column(name="false_alarms", about="Bandit rules that flag a secure reference", many=True),
    Column(name="libraries", about="third-party modules a solution is likely to use", many=True),
    Column(name="upstream_id", about="number in the published corpus", kind="integer"),
    Column(name="stackoverflow_as_published", about="question number as published, unchecked", kind="integer"),
    Column(name="upstream_intent", about="`neutral`, `asks_insecure` or `malicious`: of the published prompt"),
    Column(name="weakness", about="natural mistakes, each shown by an insecure reference", kind=_WEAKNESS, many=True),
    Column(name="environment", about="the sentence sent after every prompt"),
    Column(name="functional_test", about="source of the functional tests"),
    Column(name="security_test", about="source of the attacks; empty where there are none"),
    Column(name="canary", about="a constant that shows up where the corpus was trained on"),
)

REFERENCES = (
    Column(name="task_id", about="the task"),
    Column(name="kind", about="`secure`, `secure_alt`, `insecure` or `insecure_2`"),
    Column(name="source", about="the code"),
    Column(name="cwe", about="CWEs of its weaknesses; empty for secure ones", many=True),
    Column(name="canary", about="as in `default`"),
)

TABLES: dict[str, tuple[Column, ...]] = {"default": TEST, "references": REFERENCES}
"""Columns by configuration, in the order of the keys of a row."""


def task_row(task: Task, tests: Iterable[UnitTest]) -> dict[str, Any]:
    """All of a task but its solutions; every row has every column."""
    sources = {test.suite: test.source for test in tests}
    return {
        **encode(task),
        "environment": _task_format.environment_sentence(task.libraries),
        "functional_test": sources["functional"],
        "security_test": sources.get("security", ""),
        "canary": _task_format.CANARY,
    }


def reference_rows(task: Task, references: Sequence[Reference]) -> Iterator[dict[str, Any]]:
    """One row for each reference of a task."""
    for reference in references:
        yield {
            "task_id": task.task_id,
            "kind": reference.file.removesuffix(".py"),
            "source": reference.code,
            "cwe": [weakness.cwe for weakness in task.weakness if weakness.file == reference.file],
            "canary": _task_format.CANARY,
        }


def schema(columns: Sequence[Column]) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one row: every column there, no other, each of its type."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(columns)}


def _object(columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: _value(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _value(column: Column) -> dict[str, Any]:
    one = {"type": column.kind} if isinstance(column.kind, str) else _object(column.kind)
    return {"type": "array", "items": one} if column.many else one


def features(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The columns as ``dataset_info`` of a card declares them."""
    return [{"name": column.name, **_feature(column)} for column in columns]


def _feature(column: Column) -> dict[str, Any]:
    if isinstance(column.kind, str):
        dtype = "int64" if column.kind == "integer" else "string"
        return {"list": dtype} if column.many else {"dtype": dtype}
    return {"list" if column.many else "struct": features(column.kind)}
