"""Databases, collections, indexes: what the server holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bson import ObjectId

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError, Work
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, matches
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, Key, key, reach

_MOST_DOCUMENTS: Final = 100_000
_MOST_COLLECTIONS: Final = 1000
_LONGEST_NAME: Final = 255
Document = dict[str, Any]


@dataclass
class Index:
    """An index: only what it forbids matters here."""

    name: str
    fields: dict[str, Any]
    unique: bool = False
    sparse: bool = False
    partial: Document | None = None
    more: Document = field(default_factory=dict)

    def described(self) -> Document:
        """As ``listIndexes`` tells it."""
        found: Document = {"v": 2, "key": self.fields, "name": self.name, **self.more}
        found |= {"unique": True} if self.unique and self.name != "_id_" else {}
        found |= {"sparse": True} if self.sparse else {}
        return found | ({"partialFilterExpression": self.partial} if self.partial else {})

    def keys(self, document: Document) -> set[Key]:
        """What the document is found by; nothing where the index leaves it out."""
        found: list[list[Any]] = [[]]
        present = False
        for name in self.fields:
            leaves = list(reach(document, name.split(".")))
            values = [v for leaf in leaves for v in (leaf if isinstance(leaf, list) and leaf else [leaf])]
            present = present or any(v is not MISSING for v in values)
            found = [[*part, key(v)] for part in found[:1000] for v in values]
        return {tuple(part) for part in found} if present or not self.sparse else set()


class Collection:
    """One collection's documents, by the key of their ``_id`` and in the order they came."""

    def __init__(self, name: str, options: Document | None = None) -> None:
        self.name = name
        self.options = options or {}
        self.documents: dict[Key, Document] = {}
        self.indexes = {"_id_": Index("_id_", {"_id": 1}, unique=True)}

    def insert(self, document: Document, context: Context) -> None:
        """Add a document; it becomes the collection's own.

        Raises:
            MongoError: Its ``_id`` or another unique field is taken, or it is not what the collection takes.
        """
        if "_id" not in document:
            rest = dict(document)
            document.clear()
            document |= {"_id": ObjectId(), **rest}
        if isinstance(document["_id"], list):
            raise MongoError(2, "The '_id' value cannot be of type array")
        identity = key(document["_id"])
        if identity in self.documents:
            raise self._duplicate(self.indexes["_id_"], document)
        if len(self.documents) >= _MOST_DOCUMENTS:
            raise MongoError(8, "the collection is full")
        self._check(document, identity, context)
        self.documents[identity] = document

    def replace(self, document: Document, context: Context) -> None:
        """Put a document over the one with its ``_id``.

        Raises:
            MongoError: A unique field is taken, or it is not what the collection takes.
        """
        identity = key(document["_id"])
        self._check(document, identity, context)
        self.documents[identity] = document

    def remove(self, document: Document) -> None:
        """Remove a document."""
        self.documents.pop(key(document["_id"]), None)

    def find(self, query: Document, context: Context) -> list[Document]:
        """The documents that a query finds."""
        identity = query.get("_id")
        if identity is not None and not isinstance(identity, dict | list) and type(identity).__name__ != "Regex":
            one = self.documents.get(key(identity))
            return [one] if one is not None and matches(one, query, context) else []
        return [d for d in self.documents.values() if matches(d, query, context)]

    def add_index(self, index: Index, context: Context) -> bool:
        """Add an index; whether it is new.

        Raises:
            MongoError: It is unique and the documents are not.
        """
        if index.name in self.indexes:
            return False
        if index.unique:
            taken: set[Key] = set()
            for document in self._of(index, context):
                keys = index.keys(document)
                context.work.spend(len(keys))
                if keys & taken:
                    raise self._duplicate(index, document)
                taken |= keys
        self.indexes[index.name] = index
        return True

    def _of(self, index: Index, context: Context) -> Iterable[Document]:
        documents = self.documents.values()
        return (d for d in documents if index.partial is None or matches(d, index.partial, context))

    def _check(self, document: Document, identity: Key, context: Context) -> None:
        context.work.weigh(document)
        validator = self.options.get("validator")
        if validator and self.options.get("validationAction") != "warn" and not matches(document, validator, context):
            raise MongoError(121, "Document failed validation", {"errInfo": {"failingDocumentId": document.get("_id")}})
        for index in self.indexes.values():
            if not index.unique or index.name == "_id_":
                continue
            if index.partial is not None and not matches(document, index.partial, context):
                continue
            keys = index.keys(document)
            for other in self._of(index, context):
                context.work.spend()
                if key(other["_id"]) != identity and keys & index.keys(other):
                    raise self._duplicate(index, document)

    def _duplicate(self, index: Index, document: Document) -> MongoError:
        values = {name: _plain(next(reach(document, name.split(".")))) for name in index.fields}
        shown = ", ".join(f'{n}: "{v}"' if isinstance(v, str) else f"{n}: {v}" for n, v in values.items())
        text = f"E11000 duplicate key error collection: {self.name} index: {index.name} dup key: {{ {shown[:200]} }}"
        return MongoError(11000, text, {"keyPattern": index.fields, "keyValue": values})


def _plain(value: Any) -> Any:
    return None if value is MISSING else value


class Databases:
    """All collections, by ``database.collection``."""

    def __init__(self) -> None:
        self.all: dict[str, Collection] = {}

    def get(self, name: str) -> Collection | None:
        """A collection, if it exists."""
        return self.all.get(name)

    def make(self, name: str, options: Document | None = None) -> Collection:
        """A collection, made if there is none.

        Raises:
            MongoError: It cannot have that name.
        """
        if name not in self.all:
            check_name(name)
            if len(self.all) >= _MOST_COLLECTIONS:
                raise MongoError(8, "too many collections")
            self.all[name] = Collection(name, options)
        return self.all[name]

    def drop(self, name: str) -> Collection | None:
        """Remove a collection."""
        return self.all.pop(name, None)

    def of(self, database: str) -> list[Collection]:
        """A database's collections, by name."""
        return [self.all[name] for name in sorted(self.all) if name.partition(".")[0] == database]

    def names(self) -> list[str]:
        """All databases that hold something."""
        return sorted({name.partition(".")[0] for name in self.all})


def check_name(name: str) -> None:
    """Whether a collection can be called so.

    Raises:
        MongoError: It cannot.
    """
    database, _, collection = name.partition(".")
    bad = not collection or collection.startswith((".", "system.")) or collection.endswith(".") or "$" in collection
    if bad or "\0" in name or len(name) > _LONGEST_NAME or not database or set(database) & set('/\\. "$'):
        raise MongoError(73, f"Invalid namespace specified '{name}'")


def weigh_all(documents: list[Document], work: Work) -> list[Document]:
    """Documents themselves, once each is known to fit an answer.

    Raises:
        MongoError: One is heavier than any document.
    """
    for document in documents:
        work.weigh(document)
    return documents
