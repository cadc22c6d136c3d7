"""What holds of the scanner for any text whatever."""

from __future__ import annotations

import ast
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.types import Scanned

FRAGMENTS = st.sampled_from(
    [
        "eval(x)",
        "import os",
        "os.system(c)  # nosec",
        "password = 'p'",
        "# coding: latin-1",
        "# coding: utf-7",
        "if x:",
        "    pass",
        "'''",
        '"""',
        "\\",
        "\u2028",
        "#",
        "\f",
        "\ufeff",
        "\0",
        "\r",
        "+AAo-",
        "é",
        "\ud800",
        "(",
        ")",
        "assert y",
        "x = f'{eval(y)}'",
    ]
)
texts = st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=8).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "\r", " ", ""]).map(lambda between: between.join(parts))
)
quick = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def scanner():
    with BanditScanner(cache=0) as it:
        yield it


@quick
@given(texts)
def test_every_text_gets_the_same_verdict_twice(scanner, text):
    assert scanner.scan(text) == scanner.scan(text)


@quick
@given(texts)
def test_clean_is_only_what_python_reads_and_has_code(scanner, text):
    result = scanner.scan(text)
    if isinstance(result, Scanned) and not result.findings:
        with warnings.catch_warnings(action="ignore"):
            assert ast.parse(text.encode()).body


@quick
@given(texts)
def test_findings_lie_within_the_text_and_are_printable(scanner, text):
    result = scanner.scan(text)
    for finding in result.findings if isinstance(result, Scanned) else ():
        assert 1 <= finding.line <= len(text.splitlines()) + 1
        assert finding.message.isprintable()
        assert finding.cwe.startswith("CWE-")


@quick
@given(texts)
def test_a_known_danger_before_any_text_is_never_clean(scanner, text):
    assert scanner.scan(f"eval(input())\n{text}").status in {"flagged", "unscannable"}
