"""A DynamoDB service.

Imitates: the operations on items (put, get, update, delete, query, scan, in
batches and transactions of writes) with their expressions, tables with one or
two keys and secondary indexes by name, PartiQL's SELECT and DELETE, error
codes. Every signature is taken; tests see the access keys. Does not imitate:
capacity, streams, time to live, legacy conditions, PartiQL's INSERT and UPDATE.
"""

from __future__ import annotations

import copy
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pythonsecurityeval.testkit.judge.doubles.budget import Budget, OverdrawnError
from pythonsecurityeval.testkit.judge.doubles.dynamo.expressions import Words, condition, projected, updated
from pythonsecurityeval.testkit.judge.doubles.dynamo.values import (
    DynamoError,
    Item,
    Value,
    checked,
    invalid,
    plain,
    sortable,
    typed,
)
from pythonsecurityeval.testkit.judge.doubles.web import Request, Response, Web

REGIONS: Final = (
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "eu-west-1", "eu-west-2", "eu-west-3",
    "eu-central-1", "eu-north-1", "eu-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1",
    "ap-northeast-2", "ap-south-1", "sa-east-1",
)  # fmt: skip
_LOCAL: Final = ("http://localhost:8000/", "http://dynamodb:8000/")
_PREFIX: Final = "com.amazonaws.dynamodb.v20120810#"
_KEY: Final = re.compile(r"Credential=([^/,\s]{1,200})/")
_PARTIQL: Final = re.compile(
    r"\s*(SELECT\s+(?P<columns>.+?)|DELETE)\s+FROM\s+\"?(?P<table>[\w.-]+)\"?(?:\s*\.\s*\"?(?P<index>[\w.-]+)\"?)?"
    r"(?:\s+WHERE\s+(?P<where>.+))?\s*", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_MOST_STEPS: Final = 200_000  # items that conditions of a test look at
_MOST_ITEMS: Final = 20_000
_LONGEST_STATEMENT: Final = 8192
Body = dict[str, Any]


@dataclass
class Table:
    """One table: its keys, its indexes by name, its items."""

    name: str
    keys: tuple[str, ...]
    indexes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    described: Body = field(default_factory=dict)
    items: dict[Any, Item] = field(default_factory=dict)

    def identity(self, item: Mapping[str, Value]) -> Any:
        """What an item is found by.

        Raises:
            DynamoError: It lacks a key.
        """
        if any(key not in item or set(item[key]) & {"S", "N", "B"} != set(item[key]) for key in self.keys):
            raise invalid("The provided key element does not match the schema")
        return tuple(sortable(item[key]) for key in self.keys)


class Dynamo:
    """The DynamoDB of one test, in the usual regions and at ``http://localhost:8000``.

    Attributes:
        log: Name and document of every operation, in order.
        credentials: Access keys that requests were signed with, in order, each once.
    """

    def __init__(self, web: Web) -> None:
        self.log: list[tuple[str, Body]] = []
        self.credentials: list[str] = []
        self._web = web
        self._served = False
        self._tables: dict[str, Table] = {}
        self._steps = Budget(_MOST_STEPS)
        self._lock = threading.Lock()

    def serve(self) -> None:
        """Answer requests; `table` does so too."""
        if not self._served:
            self._served = True
            for url in (*(f"https://dynamodb.{region}.amazonaws.com/" for region in REGIONS), *_LOCAL):
                self._web.route(url, self._answer)

    def table(self, name: str, key: str | Sequence[str], items: Sequence[Mapping[str, Any]] = ()) -> None:
        """Make a table.

        Args:
            name: Its name.
            key: Its key, or partition key and sort key.
            items: What it holds, as Python has it.
        """
        self.serve()
        table = self._tables[name] = Table(name, (key,) if isinstance(key, str) else tuple(key))
        for item in items:
            wired = {k: typed(v) for k, v in item.items()}
            table.items[table.identity(wired)] = wired

    def items(self, name: str) -> list[dict[str, Any]]:
        """The items of a table, in the order they came, as Python has them."""
        return [{k: plain(v) for k, v in item.items()} for item in self._tables[name].items.values()]

    def tables(self) -> list[str]:
        """Names of the tables, sorted."""
        return sorted(self._tables)

    def _answer(self, request: Request) -> Response:
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        key = _KEY.search(request.headers.get("authorization", ""))
        with self._lock:
            if key and key[1] not in self.credentials:
                self.credentials.append(key[1])
            try:
                return _response(200, self._do(operation, request))
            except DynamoError as error:
                return _response(400, {"__type": _PREFIX + error.kind, "message": error.message, **error.more})
            except OverdrawnError:
                return _response(400, {"__type": _PREFIX + "ProvisionedThroughputExceededException", "message": "slow"})
            except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
                # Requests of an odd shape stumble in many ways; all of them are requests no service takes.
                return _response(400, {"__type": _PREFIX + "SerializationException", "message": "odd request"})

    def _do(self, operation: str, request: Request) -> Body:
        body = request.json
        self.log.append((operation, body))
        done = self._operations().get(operation)
        if done is None or not isinstance(body, dict):
            raise DynamoError("UnknownOperationException", "")
        return done(body)

    def _operations(self) -> dict[str, Callable[[Body], Body]]:
        return {
            "PutItem": self._put, "GetItem": self._get, "DeleteItem": self._delete, "UpdateItem": self._update,
            "Query": self._query, "Scan": self._query, "BatchWriteItem": self._batch_write,
            "BatchGetItem": self._batch_get, "TransactWriteItems": self._transact, "CreateTable": self._create,
            "DescribeTable": self._describe, "DeleteTable": self._drop, "ExecuteStatement": self._statement,
            "ListTables": lambda _: {"TableNames": self.tables()},
            "DescribeTimeToLive": lambda _: {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}},
        }  # fmt: skip

    def _table(self, body: Body) -> Table:
        name = str(body["TableName"]).rpartition("/")[2]
        if name not in self._tables:
            raise DynamoError("ResourceNotFoundException", "Requested resource not found")
        return self._tables[name]

    def _check(self, body: Body, old: Item | None) -> None:
        if text := body.get("ConditionExpression"):
            words = _words(body, text)
            holds = condition(words)
            words.end()
            if not holds(old or {}):
                raise DynamoError("ConditionalCheckFailedException", "The conditional request failed")

    def _put(self, body: Body) -> Body:
        table, item = self._table(body), {str(k): checked(v) for k, v in body["Item"].items()}
        identity = table.identity(item)
        old = table.items.get(identity)
        self._check(body, old)
        if len(table.items) >= _MOST_ITEMS:
            raise DynamoError("ItemCollectionSizeLimitExceededException", "too many items")
        table.items[identity] = item
        return {"Attributes": old} if old and body.get("ReturnValues") == "ALL_OLD" else {}

    def _found(self, table: Table, key: Any) -> tuple[Any, Item | None]:
        if set(key) != set(table.keys):
            raise invalid("The provided key element does not match the schema")
        identity = table.identity({k: checked(v) for k, v in key.items()})
        return identity, table.items.get(identity)

    def _get(self, body: Body) -> Body:
        _, item = self._found(self._table(body), body["Key"])
        return {"Item": _shown(body, item)} if item is not None else {}

    def _delete(self, body: Body) -> Body:
        table = self._table(body)
        identity, old = self._found(table, body["Key"])
        self._check(body, old)
        table.items.pop(identity, None)
        return {"Attributes": old} if old and body.get("ReturnValues") == "ALL_OLD" else {}

    def _update(self, body: Body) -> Body:
        table = self._table(body)
        identity, old = self._found(table, body["Key"])
        self._check(body, old)
        new = updated(old or dict(body["Key"]), _words(body, str(body.get("UpdateExpression", ""))))
        if table.identity(new) != identity:
            raise invalid("Cannot update attribute. This attribute is part of the key")
        table.items[identity] = {k: checked(v) for k, v in new.items()}
        wanted = body.get("ReturnValues", "NONE")
        if wanted.endswith("_NEW"):
            changed = {k: v for k, v in new.items() if (old or {}).get(k) != v}
            return {"Attributes": new if wanted == "ALL_NEW" else changed}
        return {"Attributes": old or {}} if wanted.endswith("_OLD") else {}

    def _query(self, body: Body) -> Body:
        table = self._table(body)
        keys = table.keys
        if name := body.get("IndexName"):
            keys = table.indexes.get(name, keys)
        found = list(table.items.values())
        self._steps.spend(len(found) + 1)
        if text := body.get("KeyConditionExpression"):
            found = self._matching(found, _words(body, text))
            if len(keys) > 1:
                found.sort(key=lambda item: sortable(item.get(keys[1])), reverse=body.get("ScanIndexForward") is False)
        start, rest = body.get("ExclusiveStartKey"), found
        if start:
            order = [table.identity(item) for item in found]
            rest = found[order.index(table.identity(start)) + 1 :] if table.identity(start) in order else []
        limit = body.get("Limit")
        page = rest[:limit] if isinstance(limit, int) and limit > 0 else rest
        last = {"LastEvaluatedKey": {k: page[-1][k] for k in table.keys}} if page and len(page) < len(rest) else {}
        scanned = len(page)
        if text := body.get("FilterExpression"):
            page = self._matching(page, _words(body, text))
        shown = {} if body.get("Select") == "COUNT" else {"Items": [_shown(body, item) for item in page]}
        return {"Count": len(page), "ScannedCount": scanned, **shown, **last}

    def _matching(self, items: list[Item], words: Words) -> list[Item]:
        holds = condition(words)
        words.end()
        self._steps.spend(len(items) * (1 + len(words.tokens) // 4))
        return [item for item in items if holds(item)]

    def _batch_write(self, body: Body) -> Body:
        for name, requests in body["RequestItems"].items():
            for request in requests:
                if "PutRequest" in request:
                    self._put({"TableName": name, "Item": request["PutRequest"]["Item"]})
                else:
                    self._delete({"TableName": name, "Key": request["DeleteRequest"]["Key"]})
        return {"UnprocessedItems": {}}

    def _batch_get(self, body: Body) -> Body:
        found: dict[str, list[Item]] = {}
        for name, wanted in body["RequestItems"].items():
            answers = (self._get({**wanted, "TableName": name, "Key": key}) for key in wanted["Keys"])
            found[name] = [answer["Item"] for answer in answers if answer]
        return {"Responses": found, "UnprocessedKeys": {}}

    def _transact(self, body: Body) -> Body:
        before = {name: dict(table.items) for name, table in self._tables.items()}
        kinds = {"Put": self._put, "Delete": self._delete, "Update": self._update, "ConditionCheck": self._only_check}
        try:
            for request in body["TransactItems"]:
                ((kind, inner),) = request.items()
                kinds[kind](inner)
        except DynamoError as error:
            for name, items in before.items():
                self._tables[name].items = items
            reasons = [{"Code": error.kind.removesuffix("Exception"), "Message": error.message}]
            text = (
                f"Transaction cancelled, please refer cancellation reasons for specific reasons [{reasons[0]['Code']}]"
            )
            raise DynamoError("TransactionCanceledException", text, CancellationReasons=reasons) from error
        return {}

    def _only_check(self, body: Body) -> Body:
        self._check(body, self._found(self._table(body), body["Key"])[1])
        return {}

    def _create(self, body: Body) -> Body:
        name = str(body["TableName"])
        if name in self._tables:
            raise DynamoError("ResourceInUseException", f"Table already exists: {name}")
        indexes = [*body.get("GlobalSecondaryIndexes", ()), *body.get("LocalSecondaryIndexes", ())]
        named = {str(index["IndexName"]): _keys(index) for index in indexes}
        kept = {k: body[k] for k in ("AttributeDefinitions", "GlobalSecondaryIndexes") if k in body}
        self._tables[name] = Table(name, _keys(body), named, kept)
        return {"TableDescription": self._description(self._tables[name])}

    def _describe(self, body: Body) -> Body:
        return {"Table": self._description(self._table(body))}

    def _drop(self, body: Body) -> Body:
        table = self._table(body)
        del self._tables[table.name]
        return {"TableDescription": self._description(table)}

    @staticmethod
    def _description(table: Table) -> Body:
        schema = [{"AttributeName": k, "KeyType": t} for k, t in zip(table.keys, ("HASH", "RANGE"), strict=False)]
        return {
            **copy.deepcopy(table.described), "TableName": table.name, "TableStatus": "ACTIVE", "KeySchema": schema,
            "ItemCount": len(table.items), "TableArn": f"arn:aws:dynamodb:us-east-1:123456789012:table/{table.name}",
        }  # fmt: skip

    def _statement(self, body: Body) -> Body:
        text = str(body["Statement"])
        match = _PARTIQL.fullmatch(text) if len(text) <= _LONGEST_STATEMENT else None
        if match is None:
            raise invalid("Statement wasn't well formed, can't be processed")
        table = self._table({"TableName": match["table"]})
        parameters = [checked(value) for value in body.get("Parameters", ())]
        found = list(table.items.values())
        if match["where"]:
            found = self._matching(found, Words(match["where"], parameters=parameters))
        if parameters:
            raise invalid("Number of parameters in request and statement don't match.")
        if match["columns"] is None:
            for item in found:
                del table.items[table.identity(item)]
            return {"Items": []}
        if match["columns"].strip() == "*":
            return {"Items": found}
        return {"Items": [projected(item, Words(match["columns"], parameters=[])) for item in found]}


def _response(status: int, body: Body) -> Response:
    return Response(
        body=json.dumps(body).encode(), status=status, headers=(("Content-Type", "application/x-amz-json-1.0"),)
    )


def _words(body: Body, text: str) -> Words:
    values = {k: checked(v) for k, v in body.get("ExpressionAttributeValues", {}).items()}
    return Words(text, body.get("ExpressionAttributeNames", {}), values)


def _shown(body: Body, item: Item) -> Item:
    text = body.get("ProjectionExpression")
    return projected(item, _words(body, text)) if text else item


def _keys(body: Body) -> tuple[str, ...]:
    schema = sorted(body["KeySchema"], key=lambda key: str(key["KeyType"]))
    return tuple(str(key["AttributeName"]) for key in schema)
