"""The table of weaknesses."""

from __future__ import annotations

import pytest

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.scanners import cwe

#: Every entry of the yearly Top 25 lists from 2019 to 2023, and a few of the later ones.
TOP_25 = [
    20,
    22,
    77,
    78,
    79,
    89,
    94,
    119,
    120,
    121,
    122,
    125,
    190,
    200,
    269,
    276,
    284,
    287,
    295,
    306,
    352,
    362,
    400,
    416,
    426,
    434,
    476,
    502,
    522,
    611,
    639,
    732,
    770,
    772,
    787,
    798,
    862,
    863,
    918,
]


@pytest.mark.parametrize("number", TOP_25)
def test_the_top_25_are_known(number):
    assert cwe.is_known(f"CWE-{number}")


@pytest.mark.parametrize(
    ("identifier", "title"),
    [
        ("CWE-89", "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"),
        ("CWE-22", "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')"),
        ("CWE-502", "Deserialization of Untrusted Data"),
        ("CWE-1333", "Inefficient Regular Expression Complexity"),
    ],
)
def test_names(identifier, title):
    assert cwe.name(identifier) == title


@pytest.mark.parametrize("identifier", ["CWE-99999", "cwe-89", "89", "CWE-089", "", "CWE-310", "CWE-1003", "CWE-92"])
def test_what_is_no_weakness_is_not_known(identifier):
    assert not cwe.is_known(identifier)  # unknown, badly written, a category, a view, deprecated
    with pytest.raises(UsageError, match="written like CWE-89"):
        cwe.name(identifier)


def test_the_table_is_whole_and_well_formed():
    table = cwe.table()
    numbers = [int(identifier.removeprefix("CWE-")) for identifier in table]
    assert len(table) == 938
    assert numbers == sorted(set(numbers))
    assert all(title and title == title.strip() and title.isprintable() for title in table.values())
