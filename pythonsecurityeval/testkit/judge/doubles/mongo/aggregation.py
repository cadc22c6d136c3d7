"""Pipelines: documents through stages."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.expressions import compute, mean
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, matches
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key, reach
from pythonsecurityeval.testkit.judge.doubles.mongo.paths import change
from pythonsecurityeval.testkit.judge.doubles.mongo.sorting import in_order, projected
from pythonsecurityeval.testkit.judge.doubles.mongo.updating import in_range

Documents = list[dict[str, Any]]
_MOST_STAGES = 1000


@dataclass(frozen=True)
class Source:
    """Where a pipeline takes documents from, and puts them.

    Attributes:
        context: What the command needs.
        read: The documents of another collection.
        write: Puts documents into another collection, instead of its own (True) or beside and over them.
        names: Variables that an outer pipeline gave.
    """

    context: Context
    read: Callable[[str], Documents]
    write: Callable[[str, Documents, bool], None]
    names: Mapping[str, Any]


def run(documents: Documents, pipeline: Any, source: Source) -> Documents:
    """What a pipeline makes of documents.

    Raises:
        MongoError: It is none, or too much work.
    """
    if not isinstance(pipeline, list) or not all(isinstance(s, dict) and len(s) == 1 for s in pipeline):
        raise MongoError(40323, "A pipeline stage specification object must contain exactly one field.")
    if len(pipeline) > _MOST_STAGES:
        raise MongoError(7749501, "Pipeline length must be no longer than 1000 stages")
    for stage in pipeline:
        ((name, operand),) = stage.items()
        step = _STAGES.get(name)
        if step is None:
            raise MongoError(40324, f"Unrecognized pipeline stage name: '{name}'")
        source.context.work.spend(len(documents) + 1)
        try:
            documents = step(documents, operand, source)
        except (KeyError, TypeError, AttributeError, ValueError) as error:  # operands of an odd shape
            raise MongoError(9, f"{name} has an operand that is not understood") from error
        if name in _MAKING:
            for document in documents:
                source.context.work.weigh(document)
    return documents


def _match(documents: Documents, query: Any, source: Source) -> Documents:
    if isinstance(query, dict) and "$where" in query:
        raise MongoError(2, "$where is not allowed in this context")
    names = source.names
    context = source.context
    if names:
        inner = Context(context.work, context.scripted, context.slept, lambda e, d, c: compute(e, d, c, names))
        return [d for d in documents if matches(d, query, inner)]
    return [d for d in documents if matches(d, query, context)]


def _project(documents: Documents, projection: Any, source: Source) -> Documents:
    if not projection:
        raise MongoError(51272, "projection specification must have at least one field")
    return [projected(d, projection, source.context) for d in documents]


def _add_fields(documents: Documents, fields: Any, source: Source) -> Documents:
    return [_with(d, fields, source) for d in documents]


def _with(document: dict[str, Any], fields: Mapping[str, Any], source: Source) -> dict[str, Any]:
    new = copy.deepcopy(document)
    for name, expression in fields.items():
        value = compute(expression, document, source.context, source.names)
        change(new, name.split("."), lambda _, value=value: value)  # type: ignore[misc]  # the loop's variable, bound now
    return new


def _unset(documents: Documents, names: Any, source: Source) -> Documents:
    hidden = dict.fromkeys(names if isinstance(names, list) else [names], 0)
    return [projected(d, hidden, source.context) for d in documents]


def _group(documents: Documents, operand: Any, source: Source) -> Documents:
    groups: dict[Any, tuple[Any, Documents]] = {}
    for document in documents:
        identity = compute(operand["_id"], document, source.context, source.names)
        identity = None if identity is MISSING else identity
        groups.setdefault(key(identity), (identity, []))[1].append(document)
    fields = {name: spec for name, spec in operand.items() if name != "_id"}
    return [
        {"_id": identity, **{name: _gathered(spec, members, source) for name, spec in fields.items()}}
        for identity, members in groups.values()
    ]


def _gathered(spec: Any, members: Documents, source: Source) -> Any:
    if not isinstance(spec, dict) or len(spec) != 1:
        raise MongoError(40234, "The field must be an accumulator object")
    ((name, expression),) = spec.items()
    gather = _ACCUMULATORS.get(name)
    if name == "$count":
        return len(members)
    if name == "$accumulator":
        source.context.scripted(str(expression.get("accumulate", "")))
        raise MongoError(139, "ReferenceError: this script is not understood")
    if gather is None:
        raise MongoError(15952, f"unknown group operator '{name}'")
    return gather([compute(expression, d, source.context, source.names) for d in members])


def _present(values: list[Any]) -> list[Any]:
    return [v for v in values if v is not None and v is not MISSING]


def _amounts(values: list[Any]) -> list[int | float]:
    return [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


def _distinct(values: list[Any]) -> list[Any]:
    return list({key(v): v for v in values if v is not MISSING}.values())


_ACCUMULATORS: dict[str, Callable[[list[Any]], Any]] = {
    "$sum": lambda values: in_range(sum(_amounts(values))),
    "$avg": lambda values: mean(_amounts(values)),
    "$min": lambda values: min(_present(values), key=key, default=None),
    "$max": lambda values: max(_present(values), key=key, default=None),
    "$first": lambda values: None if values[0] is MISSING else values[0],
    "$last": lambda values: None if values[-1] is MISSING else values[-1],
    "$push": lambda values: [v for v in values if v is not MISSING],
    "$addToSet": _distinct,
    "$mergeObjects": lambda values: {k: v for d in values if isinstance(d, dict) for k, v in d.items()},
}


def _count(documents: Documents, name: Any, _: Source) -> Documents:
    return [{str(name): len(documents)}] if documents else []


def _unwind(documents: Documents, operand: Any, source: Source) -> Documents:
    options = operand if isinstance(operand, dict) else {"path": operand}
    parts = str(options["path"]).removeprefix("$").split(".")
    index, keep = options.get("includeArrayIndex"), bool(options.get("preserveNullAndEmptyArrays"))
    found: Documents = []
    for document in documents:
        value = next(reach(document, parts), MISSING)
        if value is None or value is MISSING or value == []:
            found += [document] if keep else []
            continue
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            source.context.work.spend()
            new = {**document, parts[0]: copy.deepcopy(document[parts[0]])} if len(parts) > 1 else dict(document)
            change(new, parts, lambda _, item=item: item)  # type: ignore[misc]  # the loop's variable, bound now
            found.append({**new, str(index): number} if index else new)
    return found


def _lookup(documents: Documents, operand: Any, source: Source) -> Documents:
    others = source.read(str(operand["from"]))
    made = []
    for document in documents:
        found = others
        source.context.work.spend(len(others))
        if "localField" in operand:
            local = operand["localField"].split("."), operand["foreignField"].split(".")
            wanted = {
                key(v) for leaf in reach(document, local[0]) for v in (leaf if isinstance(leaf, list) else [leaf])
            }
            found = [o for o in others if wanted & _keys(o, local[1])]
        if "pipeline" in operand:
            names = {n: compute(e, document, source.context) for n, e in operand.get("let", {}).items()}
            inner = Source(source.context, source.read, source.write, {**source.names, **names})
            found = run(found, operand["pipeline"], inner)
        made.append({**document, str(operand["as"]): found})
    return made


def _keys(document: dict[str, Any], parts: list[str]) -> set[Any]:
    return {key(v) for leaf in reach(document, parts) for v in (leaf if isinstance(leaf, list) else [leaf])}


def _replace_root(documents: Documents, operand: Any, source: Source) -> Documents:
    expression = operand["newRoot"] if isinstance(operand, dict) and "newRoot" in operand else operand
    found = [compute(expression, d, source.context, source.names) for d in documents]
    if not all(isinstance(d, dict) for d in found):
        raise MongoError(40228, "'newRoot' expression must evaluate to an object")
    return found


def _sort_by_count(documents: Documents, expression: Any, source: Source) -> Documents:
    grouped = _group(documents, {"_id": expression, "count": {"$count": {}}}, source)
    return in_order(grouped, {"count": -1})


def _facet(documents: Documents, operand: Any, source: Source) -> Documents:
    return [{name: run(documents, pipeline, source) for name, pipeline in operand.items()}]


def _union(documents: Documents, operand: Any, source: Source) -> Documents:
    name, pipeline = (operand, []) if isinstance(operand, str) else (operand["coll"], operand.get("pipeline", []))
    return documents + run(source.read(name), pipeline, source)


def _out(documents: Documents, operand: Any, source: Source) -> Documents:
    source.write(operand if isinstance(operand, str) else operand["coll"], documents, True)  # noqa: FBT003  see `Source`
    return []


def _merge(documents: Documents, operand: Any, source: Source) -> Documents:
    into = operand if isinstance(operand, str) else operand["into"]
    source.write(into if isinstance(into, str) else into["coll"], documents, False)  # noqa: FBT003  see `Source`
    return []


def _sized(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise MongoError(5107201, "the limit must be a positive number")
    return int(value)


_MAKING = {"$project", "$addFields", "$set", "$group", "$lookup", "$replaceRoot", "$replaceWith", "$facet"}
_STAGES: dict[str, Callable[[Documents, Any, Source], Documents]] = {
    "$match": _match,
    "$project": _project,
    "$addFields": _add_fields,
    "$set": _add_fields,
    "$unset": _unset,
    "$group": _group,
    "$sort": lambda documents, order, _: in_order(documents, order),
    "$limit": lambda documents, size, _: documents[: _sized(size)],
    "$skip": lambda documents, size, _: documents[_sized(size) :],
    "$sample": lambda documents, operand, _: documents[: _sized(operand["size"])],
    "$count": _count,
    "$unwind": _unwind,
    "$lookup": _lookup,
    "$replaceRoot": _replace_root,
    "$replaceWith": _replace_root,
    "$sortByCount": _sort_by_count,
    "$facet": _facet,
    "$unionWith": _union,
    "$out": _out,
    "$merge": _merge,
}
