"""Croissant metadata (MLCommons, 1.0, with the RAI vocabulary 1.0): what machines read about the data set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval.corpora import _tables

_TYPES = {"string": "sc:Text", "integer": "sc:Integer"}

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

ABOUT = {
    "name": "PythonSecurityEval",
    "description": (
        "Programming tasks from real questions, each with functional tests, attacks that run, and secure and insecure "
        "references: does a model write secure Python, and can it patch what it wrote?"
    ),
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "url": "https://arxiv.org/abs/2312.00024",
    "inLanguage": "en",
    "keywords": ["benchmark", "security", "code generation", "large language models", "CWE", "Python"],
    "creator": {"@type": "sc:Organization", "name": "The PythonSecurityEval maintainers"},
    "citeAs": "PythonSecurityEval v1 (re-authored), after Alrashedy et al., Can LLMs Patch Security Issues?, "
    "arXiv:2312.00024",
    "isLiveDataset": False,
}

RAI = {
    "dataCollection": (
        "Ids, Stack Overflow question numbers and the intents come from the published corpus (arXiv:2312.00024). "
        "Prompts, tests and references were written anew by language models."
    ),
    "dataCollectionType": ["Synthetic data"],
    "dataPreprocessingProtocol": ["Compiled from one folder a task by `pse corpus build`."],
    "dataAnnotationProtocol": (
        "Strata, CWEs and Bandit rules are held against runs: every secure reference withstands every attack, every "
        "insecure one works and falls to an attack of its CWE, stubs and mutants fail."
    ),
    "dataAnnotationPlatform": "none",
    "dataUseCases": "Measuring how secure and correct Python code from language models is, and how well they patch.",
    "dataLimitations": (
        "Single-file tasks in one language; machine-written; attacks show what they attack and no more; "
        "results near the ceiling do not tell strong models apart."
    ),
    "dataBiases": "Written by language models, so a reading of a prompt that models share does not show as a failure.",
    "personalSensitiveInformation": "None. Names, addresses and secrets in it are invented.",
    "dataSocialImpact": "Its attacks are on its own tasks, in a sandbox; none is an attack on a system that exists.",
    "dataReleaseMaintenancePlan": (
        "Versioned: a changed task or test is a major step, an added one a minor step; results carry version and hash."
    ),
}


def metadata(version: str, tables: Mapping[Path, bytes], released: str = "") -> dict[str, Any]:
    """The whole document.

    Args:
        version: Of the corpus.
        tables: The contents of each table's file, in the order of the configurations.
        released: Date of the release, ``2026-12-31``; empty for what is not released.
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        **ABOUT,
        "version": version,
        **({"datePublished": released} if released else {}),
        **{f"rai:{name}": value for name, value in RAI.items()},
        "distribution": [_file(path, data) for path, data in tables.items()],
        "recordSet": [
            _record_set(name, columns, path)
            for (name, columns), path in zip(_tables.TABLES.items(), tables, strict=True)
        ],
    }


def _file(path: Path, data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "contentUrl": path.as_posix(),
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/jsonlines",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _record_set(name: str, columns: Sequence[_tables.Column], path: Path) -> dict[str, Any]:
    fields = [_field(name, column, {"fileObject": {"@id": path.name}}) for column in columns]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}


def _field(owner: str, column: _tables.Column, file: Mapping[str, Any], whole: str = "") -> dict[str, Any]:
    """A column; of an object, ``whole`` is the column that holds it."""
    identifier = f"{owner}/{column.name}"
    source = {**file, "extract": {"column": whole or column.name}}
    field = {
        "@type": "cr:Field",
        "@id": identifier,
        "name": column.name,
        "description": column.about,
        **({"repeated": True} if column.many else {}),
    }
    if isinstance(column.kind, tuple):
        return {**field, "subField": [_field(identifier, part, file, column.name) for part in column.kind]}
    picked = {"transform": {"jsonPath": column.name}} if whole else {}
    return {**field, "dataType": _TYPES[column.kind], "source": {**source, **picked}}
