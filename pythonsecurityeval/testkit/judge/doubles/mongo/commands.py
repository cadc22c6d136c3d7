"""Commands: what the server does when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from pythonsecurityeval.testkit.judge.doubles.mongo import aggregation
from pythonsecurityeval.testkit.judge.doubles.mongo.cursors import Cursors
from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, equalities
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key, reach
from pythonsecurityeval.testkit.judge.doubles.mongo.paths import change
from pythonsecurityeval.testkit.judge.doubles.mongo.sorting import in_order, projected
from pythonsecurityeval.testkit.judge.doubles.mongo.store import Collection, Databases, Document
from pythonsecurityeval.testkit.judge.doubles.mongo.updating import updated

_MOST_WRITES: Final = 100_000


class Commands:
    """Commands on documents.

    Args:
        databases: What they read and change.
    """

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.cursors = Cursors()

    def table(self) -> dict[str, Callable[[Document, Context], Document]]:
        """All of them by name."""
        return {
            "find": self.find,
            "aggregate": self.aggregate,
            "count": self.count,
            "distinct": self.distinct,
            "insert": self.insert,
            "update": self.update,
            "delete": self.delete,
            "findAndModify": self.find_and_modify,
            "getMore": self.cursors.more,
            "killCursors": self.cursors.kill,
        }

    def find(self, body: Document, context: Context) -> Document:
        """Documents by a query."""
        name = space(body, "find")
        found = self._found(name, _document(body.get("filter", {})), context)
        if order := body.get("sort"):
            found = in_order(found, _document(order))
        found = _cut(found, body.get("skip", 0), body.get("limit", 0))
        if projection := body.get("projection"):
            found = [projected(d, _document(projection), context) for d in found]
        return self.cursors.first(name, found, body, context)

    def _found(self, name: str, query: Document, context: Context) -> list[Document]:
        collection = self.databases.get(name)
        return collection.find(query, context) if collection else []

    def aggregate(self, body: Document, context: Context) -> Document:
        """Documents through a pipeline."""
        database = str(body["$db"])
        name = space(body, "aggregate") if body["aggregate"] != 1 else f"{database}.$cmd"
        read = lambda other: self._found(f"{database}.{other}", {}, context)  # noqa: E731  two names of one line each
        write = lambda to, documents, whole: self._write(f"{database}.{to}", documents, whole, context)  # noqa: E731
        source = aggregation.Source(context, read, write, {})
        found = aggregation.run(self._found(name, {}, context), body.get("pipeline"), source)
        return self.cursors.first(name, found, _document(body.get("cursor", {})), context)

    def _write(self, name: str, documents: list[Document], whole: bool, context: Context) -> None:  # noqa: FBT001  see `aggregation.Source`
        if whole:
            self.databases.drop(name)
        collection = self.databases.make(name)
        for document in documents:
            if "_id" in document and key(document["_id"]) in collection.documents:
                collection.replace(dict(document), context)
            else:
                collection.insert(dict(document), context)

    def count(self, body: Document, context: Context) -> Document:
        """How many documents a query finds."""
        found = self._found(space(body, "count"), _document(body.get("query", {})), context)
        return {"n": len(_cut(found, body.get("skip", 0), body.get("limit", 0)))}

    def distinct(self, body: Document, context: Context) -> Document:
        """The different values of a field."""
        found = self._found(space(body, "distinct"), _document(body.get("query") or {}), context)
        leaves = (leaf for d in found for leaf in reach(d, str(body["key"]).split(".")))
        values = (v for leaf in leaves for v in (leaf if isinstance(leaf, list) else [leaf]))
        return {"values": list({key(v): v for v in values if v is not MISSING}.values())}

    def insert(self, body: Document, context: Context) -> Document:
        """Add documents."""
        documents = _several(body, "documents")
        collection = self.databases.make(space(body, "insert"))
        done, errors = 0, []
        for index, document in enumerate(documents):
            try:
                collection.insert(document, context)
                done += 1
            except MongoError as error:
                errors.append(error.of_write(index))
                if body.get("ordered", True):
                    break
        return {"n": done, **({"writeErrors": errors} if errors else {})}

    def update(self, body: Document, context: Context) -> Document:
        """Change documents."""
        name = space(body, "update")
        found, changed, errors, made = 0, 0, [], []
        for index, one in enumerate(_several(body, "updates")):
            try:
                old, new, identity = self._update(name, one, context)
            except MongoError as error:
                errors.append(error.of_write(index))
                if body.get("ordered", True):
                    break
                continue
            found, changed = found + old, changed + new
            if identity is not MISSING:
                made.append({"index": index, "_id": identity})
        answer: Document = {"n": found + len(made), "nModified": changed}
        answer |= {"upserted": made} if made else {}
        return answer | ({"writeErrors": errors} if errors else {})

    def _update(self, name: str, one: Document, context: Context) -> tuple[int, int, Any]:
        query, several = _document(one.get("q", {})), bool(one.get("multi"))
        documents = self._found(name, query, context)
        if not documents and one.get("upsert"):
            new = self._upsert(name, query, one["u"], one.get("arrayFilters", []), context)
            return 0, 0, new["_id"]
        if several and isinstance(one["u"], dict) and not next(iter(one["u"]), "").startswith("$"):
            raise MongoError(9, "multi update is not supported for replacement-style update")
        if one.get("sort"):
            documents = in_order(documents, one["sort"])
        changed = 0
        for document in documents if several else documents[:1]:
            changed += self._change(name, document, query, one["u"], one.get("arrayFilters", []), context)[1]
        return len(documents if several else documents[:1]), changed, MISSING

    def _change(
        self, name: str, document: Document, query: Document, update: Any, filters: list[Document], context: Context
    ) -> tuple[Document, bool]:
        new = self._computed(document, query, update, filters, context, inserts=False)
        differs = key(new) != key(document)
        if differs:
            self.databases.make(name).replace(new, context)
        return new, differs

    def _computed(
        self, document: Document, query: Document, update: Any, filters: Any, context: Context, *, inserts: bool
    ) -> Document:
        if isinstance(update, list):
            if any(next(iter(stage), "") not in _UPDATING for stage in update if isinstance(stage, dict)):
                raise MongoError(40324, "the stage is not allowed within an update")
            source = aggregation.Source(context, lambda _: [], lambda *_: None, {})
            (new,) = aggregation.run([document], update, source)
            return {**({"_id": document["_id"]} if "_id" in document else {}), **new}
        return updated(document, _document(update), context, query=query, filters=filters, inserts=inserts)

    def _upsert(self, name: str, query: Document, update: Any, filters: Any, context: Context) -> Document:
        base: Document = {}
        replaces = isinstance(update, dict) and not next(iter(update), "").startswith("$")
        for path, value in equalities(query):
            if not replaces or path == "_id":
                change(base, path.split("."), lambda _, value=value: value)  # type: ignore[misc]  # the loop's variable, bound now
        new = self._computed(base, query, update, filters, context, inserts=True)
        self.databases.make(name).insert(new, context)
        return new

    def delete(self, body: Document, context: Context) -> Document:
        """Remove documents."""
        name = space(body, "delete")
        collection = self.databases.get(name)
        done = 0
        for one in _several(body, "deletes"):
            found = self._found(name, _document(one.get("q", {})), context)
            for document in found[:1] if one.get("limit") else found:
                if isinstance(collection, Collection):
                    collection.remove(document)
                    done += 1
        return {"n": done}

    def find_and_modify(self, body: Document, context: Context) -> Document:
        """Change or remove one document and show it."""
        name, query = space(body, "findAndModify", "findandmodify"), _document(body.get("query", {}))
        found = self._found(name, query, context)
        if order := body.get("sort"):
            found = in_order(found, _document(order))
        old = found[0] if found else None
        state: Document = {"n": len(found[:1])}
        shown = old
        if body.get("remove"):
            if old is not None:
                self.databases.make(name).remove(old)
        else:
            shown, more = self._modified(name, old, query, body, context)
            state |= more
        if shown is not None and (fields := body.get("fields")):
            shown = projected(shown, _document(fields), context)
        return {"lastErrorObject": state, "value": shown}

    def _modified(
        self, name: str, old: Document | None, query: Document, body: Document, context: Context
    ) -> tuple[Document | None, Document]:
        update, filters = body.get("update", {}), body.get("arrayFilters", [])
        if old is not None:
            new, _ = self._change(name, old, query, update, filters, context)
            return new if body.get("new") else old, {"updatedExisting": True}
        if not body.get("upsert"):
            return None, {"updatedExisting": False}
        new = self._upsert(name, query, update, filters, context)
        return new if body.get("new") else None, {"updatedExisting": False, "upserted": new["_id"], "n": 1}


_UPDATING: Final = {"$set", "$addFields", "$unset", "$project", "$replaceWith", "$replaceRoot"}


def space(body: Document, *names: str) -> str:
    """The collection that a command is about, with its database.

    Raises:
        MongoError: It names none.
    """
    name = next((body[n] for n in names if n in body), None)
    if not isinstance(name, str) or not name:
        raise MongoError(73, "collection name has invalid type")
    return f"{body['$db']}.{name}"


def _document(value: Any) -> Document:
    if not isinstance(value, dict):
        raise MongoError(14, "Expected field to be of type object")
    return value


def _several(body: Document, name: str) -> list[Document]:
    items = body.get(name)
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise MongoError(14, f"'{name}' has to be an array of objects")
    if len(items) > _MOST_WRITES:
        raise MongoError(2, "Write batch sizes must be between 1 and 100000")
    return items


def _cut(documents: list[Document], skip: Any, limit: Any) -> list[Document]:
    if not isinstance(skip, int | float) or not isinstance(limit, int | float) or skip < 0:
        raise MongoError(14, "skip and limit have to be numbers")
    size = abs(int(limit))
    return documents[int(skip) : int(skip) + size] if size else documents[int(skip) :]


def scripts_of(body: Document) -> Iterator[str]:
    """JavaScript of commands that consist of it."""
    for name in ("map", "reduce", "finalize", "$eval", "eval"):
        if isinstance(body.get(name), str):
            yield str(body[name])
