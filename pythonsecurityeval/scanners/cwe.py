"""The table of weaknesses: which CWE identifiers exist and what they are called.

Source: Common Weakness Enumeration 4.14, The MITRE Corporation; the data lie in
``cwe.tsv`` beside this module, with their terms of use. Categories, views and
deprecated entries are no weaknesses and so are not known here.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from pythonsecurityeval.errors import UsageError


@functools.cache
def table() -> Mapping[str, str]:
    """Names by identifier (``CWE-89``), in numerical order."""
    text = resources.files(__package__).joinpath("cwe.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({f"CWE-{number}": title for number, title in rows})


def is_known(cwe: str) -> bool:
    """Whether ``cwe`` is the identifier of a weakness, written ``CWE-89``."""
    return cwe in table()


def name(cwe: str) -> str:
    """What the weakness is called.

    Raises:
        UsageError: There is no such weakness.
    """
    try:
        return table()[cwe]
    except KeyError:
        raise UsageError(f"{cwe!r} is not a weakness of CWE 4.14; identifiers are written like CWE-89") from None
