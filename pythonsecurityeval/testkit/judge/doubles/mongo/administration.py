"""Commands about databases, collections, indexes and users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bson import Int64

from pythonsecurityeval.testkit.judge.doubles.mongo.commands import space
from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context
from pythonsecurityeval.testkit.judge.doubles.mongo.store import Databases, Document, Index, check_name

VERSION: Final = "7.0.14"
_KNOWN: Final = {"key", "name", "unique", "sparse", "partialFilterExpression", "v", "background"}
_MOST_USERS: Final = 1000


class Administration:
    """Commands about what holds documents.

    Args:
        databases: What they read and change.

    Attributes:
        accounts: Users that were made, by name, with ``pwd``, ``roles`` and ``db``.
    """

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.accounts: dict[str, Document] = {}

    def table(self) -> dict[str, Callable[[Document, Context], Document]]:
        """All of them by name."""
        return {
            "listDatabases": self.list_databases,
            "listCollections": self.list_collections,
            "create": self.create,
            "drop": self.drop,
            "dropDatabase": self.drop_database,
            "renameCollection": self.rename,
            "collMod": self.modify,
            "createIndexes": self.create_indexes,
            "listIndexes": self.list_indexes,
            "dropIndexes": self.drop_indexes,
            "createUser": self.create_user,
            "updateUser": self.update_user,
            "dropUser": self.drop_user,
            "usersInfo": self.users_info,
            "collStats": self.collection_stats,
            "dbStats": self.database_stats,
            "validate": lambda body, _: {"valid": True, "ns": space(body, "validate")},
        }

    def list_databases(self, _: Document, __: Context) -> Document:
        """All databases."""
        named = [{"name": n, "sizeOnDisk": Int64(8192), "empty": False} for n in self.databases.names()]
        return {"databases": named, "totalSize": Int64(8192 * len(named))}

    def list_collections(self, body: Document, _: Context) -> Document:
        """A database's collections, all or one by name."""
        database, wanted = str(body["$db"]), (body.get("filter") or {}).get("name")
        names = {c.name.partition(".")[2]: c for c in self.databases.of(database)}
        if isinstance(wanted, dict):
            listed = [wanted["$eq"]] if "$eq" in wanted else wanted.get("$in", list(names))
            names = {n: c for n, c in names.items() if n in listed}
        elif wanted is not None:
            names = {n: c for n, c in names.items() if n == wanted}
        batch = [
            {"name": n, "type": "collection", "options": c.options, "info": {"readOnly": False},
             "idIndex": c.indexes["_id_"].described()}
            for n, c in names.items()
        ]  # fmt: skip
        return {"cursor": {"firstBatch": batch, "id": Int64(0), "ns": f"{database}.$cmd.listCollections"}}

    def create(self, body: Document, _: Context) -> Document:
        """Make a collection."""
        name = space(body, "create")
        if self.databases.get(name):
            raise MongoError(48, f"Collection {name} already exists.")
        kept = {"validator", "validationLevel", "validationAction", "capped", "size", "max", "timeseries", "collation"}
        self.databases.make(name, {k: v for k, v in body.items() if k in kept})
        return {}

    def drop(self, body: Document, _: Context) -> Document:
        """Remove a collection; one that is not there is no error."""
        name = space(body, "drop")
        gone = self.databases.drop(name)
        return {"ns": name, "nIndexesWas": len(gone.indexes)} if gone else {}

    def drop_database(self, body: Document, _: Context) -> Document:
        """Remove a database."""
        for collection in self.databases.of(str(body["$db"])):
            self.databases.drop(collection.name)
        return {"dropped": body["$db"]}

    def rename(self, body: Document, _: Context) -> Document:
        """Give a collection another name."""
        old, new = str(body["renameCollection"]), str(body.get("to", ""))
        check_name(new)
        collection = self.databases.get(old)
        if collection is None:
            raise MongoError(26, f"Source collection {old} does not exist")
        if self.databases.get(new) and not body.get("dropTarget"):
            raise MongoError(48, "target namespace exists")
        self.databases.drop(old)
        collection.name, self.databases.all[new] = new, collection
        return {}

    def modify(self, body: Document, _: Context) -> Document:
        """Change a collection's validator."""
        collection = self.databases.get(space(body, "collMod"))
        if collection is None:
            raise MongoError(26, "ns does not exist")
        kept = {"validator", "validationLevel", "validationAction"}
        collection.options |= {k: v for k, v in body.items() if k in kept}
        return {}

    def create_indexes(self, body: Document, context: Context) -> Document:
        """Make indexes."""
        collection = self.databases.make(space(body, "createIndexes"))
        before = len(collection.indexes)
        for spec in body.get("indexes", []):
            collection.add_index(index_of(spec), context)
        return {"numIndexesBefore": before, "numIndexesAfter": len(collection.indexes)}

    def list_indexes(self, body: Document, _: Context) -> Document:
        """A collection's indexes."""
        name = space(body, "listIndexes")
        collection = self.databases.get(name)
        if collection is None:
            raise MongoError(26, f"ns does not exist: {name}")
        found = [index.described() for index in collection.indexes.values()]
        return {"cursor": {"firstBatch": found, "id": Int64(0), "ns": name}}

    def drop_indexes(self, body: Document, _: Context) -> Document:
        """Remove one index or all."""
        collection = self.databases.get(space(body, "dropIndexes"))
        if collection is None:
            raise MongoError(26, "ns not found")
        before, wanted = len(collection.indexes), body.get("index")
        named = [n for n, i in collection.indexes.items() if n != "_id_" and wanted in ("*", n, i.fields)]
        if not named and wanted != "*":
            raise MongoError(27, f"index not found with name [{wanted}]")
        for name in named:
            del collection.indexes[name]
        return {"nIndexesWas": before}

    def create_user(self, body: Document, _: Context) -> Document:
        """Make a user."""
        name, password = body["createUser"], body.get("pwd")
        if not isinstance(name, str) or not name or not isinstance(password, str) or not password:
            raise MongoError(2, "Must provide a 'pwd' field for all user documents")
        if not isinstance(body.get("roles"), list):
            raise MongoError(40414, "BSON field 'createUser.roles' is missing but a required field")
        if name in self.accounts or len(self.accounts) >= _MOST_USERS:
            raise MongoError(51003, f'User "{name}@{body["$db"]}" already exists')
        self.accounts[name] = {"pwd": password, "roles": body["roles"], "db": body["$db"]}
        return {}

    def update_user(self, body: Document, _: Context) -> Document:
        """Change a user's password or roles."""
        account = self._account(body["updateUser"], body)
        account |= {k: body[k] for k in ("pwd", "roles") if k in body}
        return {}

    def drop_user(self, body: Document, _: Context) -> Document:
        """Remove a user."""
        self._account(body["dropUser"], body)
        del self.accounts[body["dropUser"]]
        return {}

    def _account(self, name: Any, body: Document) -> Document:
        if not isinstance(name, str) or name not in self.accounts:
            raise MongoError(11, f"User '{name}@{body['$db']}' not found")
        return self.accounts[name]

    def users_info(self, body: Document, _: Context) -> Document:
        """Users without their passwords."""
        wanted = body["usersInfo"]
        wanted = wanted.get("user") if isinstance(wanted, dict) else wanted
        named = {n: a for n, a in self.accounts.items() if wanted in (1, n)}
        return {
            "users": [
                {"_id": f"{a['db']}.{n}", "user": n, "db": a["db"], "roles": a["roles"]} for n, a in named.items()
            ]
        }

    def collection_stats(self, body: Document, _: Context) -> Document:
        """A collection's size."""
        name = space(body, "collStats")
        collection = self.databases.get(name)
        size = len(collection.documents) if collection else 0
        return {"ns": name, "count": size, "nindexes": len(collection.indexes) if collection else 0}

    def database_stats(self, body: Document, _: Context) -> Document:
        """A database's size."""
        found = self.databases.of(str(body["$db"]))
        return {"db": body["$db"], "collections": len(found), "objects": sum(len(c.documents) for c in found)}


def index_of(spec: Any) -> Index:
    """An index as ``createIndexes`` describes it.

    Raises:
        MongoError: It does not.
    """
    if not isinstance(spec, dict) or not isinstance(spec.get("key"), dict) or not spec["key"]:
        raise MongoError(67, "Index keys must be a non-empty object")
    fields = spec["key"]
    name = str(spec.get("name") or "_".join(f"{n}_{d}" for n, d in fields.items()))
    partial = spec.get("partialFilterExpression")
    more = {k: v for k, v in spec.items() if k not in _KNOWN}
    return Index(name, fields, bool(spec.get("unique")), bool(spec.get("sparse")), partial, more)
