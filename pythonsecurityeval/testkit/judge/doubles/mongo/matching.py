"""Queries: which documents they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bson import MaxKey, MinKey, Regex
from bson.code import Code

from pythonsecurityeval.testkit.judge.doubles import patterns
from pythonsecurityeval.testkit.judge.doubles.mongo import scripts
from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError, Work
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key, rank, reach, type_of

Document = Mapping[str, Any]
Leaves = Callable[[], Iterator[Any]]
_ORDERED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "$gt": lambda a, b: bool(a > b),
    "$gte": lambda a, b: bool(a >= b),
    "$lt": lambda a, b: bool(a < b),
    "$lte": lambda a, b: bool(a <= b),
}
_OF_ARRAYS: Final = {"$eq", "$ne", "$in", "$nin", "$not", "$type", "$size", "$all", "$elemMatch"}
_NUMBERS: Final = {"double", "int", "long", "decimal"}
_FLAGS: Final = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"))


@dataclass(frozen=True)
class Context:
    """What a command needs beside its own words.

    Attributes:
        work: What it may still do.
        scripted: Is told of JavaScript that is to run.
        slept: Is told of every sleep of a script, in seconds.
        computed: The value of an expression for a document; aggregation brings it.
    """

    work: Work
    scripted: Callable[[str], None]
    slept: Callable[[float], None]
    computed: Callable[[Any, Document, Context], Any]

    def script(self, code: Any, document: Document) -> bool:
        """Whether JavaScript holds for a document.

        Raises:
            MongoError: It throws, or is none that is understood.
        """
        text = str(code)
        self.scripted(text)
        self.work.spend(len(text))
        try:
            return scripts.holds(text, document, self.slept)
        except scripts.ScriptError as error:
            raise MongoError(139, str(error)) from error

    def search(self, expression: str, flags: str, text: str) -> bool:
        """Whether a regular expression is found in a text.

        Raises:
            MongoError: It is none.
        """
        try:
            compiled = patterns.pattern(expression, flags)
            self.work.spend(1 + (compiled.cost(text) >> 6))
            return compiled.found_in(text)
        except patterns.BadPatternError as error:
            raise MongoError(51091, f"Regular expression is invalid: {error}") from error


def matches(document: Document, query: Document, context: Context) -> bool:
    """Whether a query finds a document.

    Raises:
        MongoError: It is no query, or too much work.
    """
    return all(_holds(document, name, wanted, context) for name, wanted in query.items())


def _holds(document: Document, name: str, wanted: Any, context: Context) -> bool:
    context.work.spend()
    if not name.startswith("$"):
        parts = name.split(".")
        return _fits(lambda: reach(document, parts), wanted, context)
    if name in {"$and", "$or", "$nor"}:
        if not isinstance(wanted, list) or not wanted or not all(isinstance(q, dict) for q in wanted):
            raise MongoError(2, f"{name} must be a nonempty array of objects")
        each = (matches(document, query, context) for query in wanted)
        return all(each) if name == "$and" else any(each) == (name == "$or")
    if name == "$where":
        return context.script(wanted, document)
    if name == "$expr":
        value = context.computed(wanted, document, context)
        return bool(value) or isinstance(value, dict | list | str)
    if name == "$jsonSchema" and isinstance(wanted, dict):
        from pythonsecurityeval.testkit.judge.doubles.mongo import validation  # noqa: PLC0415  it asks for `matches`

        return validation.conforms(document, wanted, context)
    if name == "$comment":
        return True
    raise MongoError(2, f"unknown top level operator: {name}")


def _fits(leaves: Leaves, wanted: Any, context: Context) -> bool:
    """Whether what stands at a path is as wanted: a value, or operators."""
    if not is_operators(wanted):
        return _any(leaves(), lambda value: _equal(value, wanted, context), context)
    options = str(wanted.get("$options", ""))
    for name, operand in wanted.items():
        if name == "$options":
            continue
        if not _operator(leaves, name, operand, options, context):
            return False
    return True


def is_operators(value: Any) -> bool:
    """Whether a value is a document of operators."""
    return isinstance(value, dict) and next(iter(value), "").startswith("$")


def _any(leaves: Iterator[Any], holds: Callable[[Any], bool], context: Context) -> bool:
    """Whether it holds for a value, or for an element of one that is an array."""
    for leaf in leaves:
        context.work.spend()
        if holds(leaf):
            return True
        if isinstance(leaf, list):
            context.work.spend(len(leaf))
            if any(holds(item) for item in leaf):
                return True
    return False


def _equal(value: Any, wanted: Any, context: Context) -> bool:
    if isinstance(wanted, Regex):
        return _found(value, str(wanted.pattern), regex_flags(wanted), context) or key(value) == key(wanted)
    return key(value) == key(wanted)


def regex_flags(regex: Regex[Any]) -> str:
    """A regular expression's flags as letters."""
    return "".join(letter for flag, letter in _FLAGS if regex.flags & flag)


def _found(value: Any, expression: str, flags: str, context: Context) -> bool:
    return isinstance(value, str) and context.search(expression, flags, value)


def _operator(leaves: Leaves, name: str, operand: Any, options: str, context: Context) -> bool:
    if name in _ORDERED:
        return _any(leaves(), lambda value: _ordered(name, value, operand), context)
    if name == "$regex":
        expression, flags = _regex(operand, options)
        return _any(leaves(), lambda value: _found(value, expression, flags, context), context)
    test = _TESTS.get(name)
    if test is None:
        raise MongoError(2, f"unknown operator: {name}")
    return test(leaves, operand, context)


def _equals(leaves: Leaves, operand: Any, context: Context) -> bool:
    return _any(leaves(), lambda value: key(value) == key(operand), context)


def _not(leaves: Leaves, operand: Any, context: Context) -> bool:
    if not isinstance(operand, Regex) and not is_operators(operand):
        raise MongoError(2, "$not needs a regex or a document")
    return not _fits(leaves, operand, context)


def _exists(leaves: Leaves, operand: Any, _: Context) -> bool:
    return any(leaf is not MISSING for leaf in leaves()) == bool(operand)


def _of_type(leaves: Leaves, operand: Any, context: Context) -> bool:
    return _any(leaves(), lambda value: _typed(value, operand), context)


def _has_size(leaves: Leaves, operand: Any, _: Context) -> bool:
    return any(isinstance(leaf, list) and len(leaf) == operand for leaf in leaves())


def _has_rest(leaves: Leaves, operand: Any, context: Context) -> bool:
    return _any(leaves(), lambda value: _divided(value, operand), context)


def _has_all(leaves: Leaves, operand: Any, context: Context) -> bool:
    if not isinstance(operand, list):
        raise MongoError(2, "$all needs an array")
    return bool(operand) and all(_all(leaves, item, context) for item in operand)


def _has_element(leaves: Leaves, operand: Any, context: Context) -> bool:
    if not isinstance(operand, dict):
        raise MongoError(2, "$elemMatch needs an Object")
    lists = (leaf for leaf in leaves() if isinstance(leaf, list))
    return any(_element(item, operand, context) for found in lists for item in found)


def _ordered(name: str, value: Any, operand: Any) -> bool:
    if isinstance(operand, MinKey | MaxKey) or rank(value) == rank(operand):
        if value is MISSING and operand is not None:
            return False
        return _ORDERED[name](key(value), key(operand))
    return False


def _listed(leaves: Leaves, operand: Any, context: Context) -> bool:
    if not isinstance(operand, list):
        raise MongoError(2, "$in and $nin need an array")
    if any(is_operators(item) for item in operand):
        raise MongoError(2, "cannot nest $ under $in")
    context.work.spend(len(operand))
    keys = {key(item) for item in operand}
    found = [item for item in operand if isinstance(item, Regex)]
    return _any(
        leaves(),
        lambda value: key(value) in keys or any(_equal(value, regex, context) for regex in found),
        context,
    )


def _regex(operand: Any, options: str) -> tuple[str, str]:
    if isinstance(operand, Regex):
        return str(operand.pattern), options or regex_flags(operand)
    if not isinstance(operand, str):
        raise MongoError(2, "$regex has to be a string")
    return operand, options


def _typed(value: Any, operand: Any) -> bool:
    name, number = type_of(value)
    wanted = operand if isinstance(operand, list) else [operand]
    return value is not MISSING and any(w in {name, number} or (w == "number" and name in _NUMBERS) for w in wanted)


def _divided(value: Any, operand: Any) -> bool:
    if not isinstance(operand, list) or len(operand) != 2 or not all(isinstance(n, int | float) for n in operand):  # noqa: PLR2004  divisor and remainder
        raise MongoError(2, "malformed mod, needs to be an array of two numbers")
    if not int(operand[0]):
        raise MongoError(2, "divisor cannot be 0")
    return rank(value) == rank(0) and isinstance(value, int | float) and int(value) % int(operand[0]) == int(operand[1])


def _all(leaves: Leaves, item: Any, context: Context) -> bool:
    if is_operators(item) and "$elemMatch" in item:
        return _operator(leaves, "$elemMatch", item["$elemMatch"], "", context)
    return _any(leaves(), lambda value: _equal(value, item, context), context)


def _element(item: Any, query: Document, context: Context) -> bool:
    if is_operators(query) and not next(iter(query)).startswith(("$and", "$or", "$nor", "$where", "$expr")):
        if isinstance(item, list) and not _OF_ARRAYS & query.keys():
            return False  # an element that is an array is not searched in turn
        return _fits(lambda: iter([item]), query, context)
    return isinstance(item, dict) and matches(item, query, context)


_TESTS: Final[dict[str, Callable[[Leaves, Any, Context], bool]]] = {
    "$eq": _equals,
    "$ne": lambda leaves, operand, context: not _any(leaves(), lambda v: _equal(v, operand, context), context),
    "$in": _listed,
    "$nin": lambda leaves, operand, context: not _listed(leaves, operand, context),
    "$not": _not,
    "$exists": _exists,
    "$type": _of_type,
    "$size": _has_size,
    "$mod": _has_rest,
    "$all": _has_all,
    "$elemMatch": _has_element,
}


def equalities(query: Document) -> Iterator[tuple[str, Any]]:
    """Fields that a query wants to be equal to a value; an upsert starts from them."""
    for name, wanted in query.items():
        if name == "$and" and isinstance(wanted, list):
            for part in wanted:
                yield from equalities(part) if isinstance(part, dict) else ()
        elif not name.startswith("$"):
            if is_operators(wanted):
                if "$eq" in wanted:
                    yield name, wanted["$eq"]
            elif not isinstance(wanted, Regex):
                yield name, wanted


def has_script(value: Any) -> Iterator[str]:
    """All JavaScript in a query or pipeline, wherever it stands."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, Code):
            yield str(item)
        elif isinstance(item, dict):
            for name, inner in item.items():
                if name == "$where" and isinstance(inner, str) and not isinstance(inner, Code):
                    yield inner
                elif name in {"$function", "$accumulator"} and isinstance(inner, dict):
                    yield from (str(t) for name, t in inner.items() if isinstance(t, str) and name != "lang")
                pending.append(inner)
        elif isinstance(item, list):
            pending += item
