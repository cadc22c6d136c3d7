"""Signatures: one line for each public thing."""

from __future__ import annotations

import pytest

from pythonsecurityeval.corpora._signature import parse


def test_function() -> None:
    (public,) = parse("count_rows(path: str, /, table: str = 'a', *more: int, exact: bool = True, **rest) -> int")
    assert (public.name, public.kind, public.returns) == ("count_rows", "function", "int")
    assert public.parameters == ("path", "table", "exact", "more", "rest")


def test_class_with_methods_and_a_value() -> None:
    publics = parse("class Box(path: str)\nBox.get(key: str) -> bytes\n\nLIMIT: int\nasync fetch(url)")
    assert [(public.name, public.kind) for public in publics] == [
        ("Box", "class"),
        ("Box.get", "function"),
        ("LIMIT", "value"),
        ("fetch", "coroutine"),
    ]
    assert publics[1].last == "get"


@pytest.mark.parametrize(
    "line", ["", "def f()", "f", "f(", "f(x) -> ", "f(): pass", "LIMIT: int = 3", "a.b.c()", "f(x); g(x)", "class A: int"]
)  # fmt: skip
def test_other_forms_are_refused(line: str) -> None:
    if not line:
        assert parse(line) == ()
        return
    with pytest.raises(ValueError, match="expected|not Python"):
        parse(line)
