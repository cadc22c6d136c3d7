"""Operators of queries, updates and pipelines as the manual has them, and hostile ones that have to end."""

import contextlib
import datetime
import random
import struct
import time

import bson
import pytest
from test_double_fuzz import mutated, say

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.server import Mongo

ITEMS = [
    {"_id": 1, "n": 1, "s": "Ab", "l": [1, 2], "d": {"x": 1}, "r": [{"k": "a", "v": 1}, {"k": "b", "v": 5}]},
    {"_id": 2, "n": 2.5, "s": "b\nAc", "l": [], "d": {"x": 2, "y": None}},
    {"_id": 3, "n": None, "s": "", "l": [[1, 2]], "t": True},
    {"_id": 4, "n": "2", "when": datetime.datetime.fromisoformat("2020-05-06T07:08:09")},
]


@pytest.fixture
def server(net):
    server = Mongo(net)
    server.insert("db.c", *ITEMS)
    return server


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, [1, 2, 3, 4]),
        ({"n": 1.0}, [1]),
        ({"n": None}, [3]),
        ({"d.y": None}, [1, 2, 3, 4]),
        ({"d": {"x": 1}}, [1]),
        ({"l": 1}, [1]),
        ({"l": [1, 2]}, [1, 3]),
        ({"l.1": 2}, [1]),
        ({"r.v": {"$gt": 4}}, [1]),
        ({"n": {"$gt": 1}}, [2]),
        ({"n": {"$gte": 1, "$lt": 2}}, [1]),
        ({"n": {"$ne": 1}}, [2, 3, 4]),
        ({"n": {"$in": [1, "2"]}}, [1, 4]),
        ({"n": {"$nin": [1, "2", None]}}, [2]),
        ({"t": {"$exists": True}}, [3]),
        ({"t": {"$exists": False}}, [1, 2, 4]),
        ({"t": True}, [3]),
        ({"t": 1}, []),
        ({"n": {"$type": "number"}}, [1, 2]),
        ({"n": {"$type": [2, 10]}}, [3, 4]),
        ({"l": {"$size": 2}}, [1]),
        ({"l": {"$all": [1, 2]}}, [1]),
        ({"r": {"$elemMatch": {"k": "a", "v": {"$lt": 3}}}}, [1]),
        ({"r": {"$elemMatch": {"k": "a", "v": 5}}}, []),
        ({"l": {"$elemMatch": {"$gt": 1}}}, [1]),
        ({"s": {"$regex": "^a", "$options": "i"}}, [1]),
        ({"s": {"$regex": "^A", "$options": "m"}}, [1, 2]),
        ({"s": bson.Regex("B$", "i")}, [1]),
        ({"s": {"$not": bson.Regex("b")}}, [3, 4]),
        ({"s": {"$in": [bson.Regex("^A"), ""]}}, [1, 3]),
        ({"$and": [{"n": {"$gt": 0}}, {"l": []}]}, [2]),
        ({"$or": [{"n": 1}, {"t": True}]}, [1, 3]),
        ({"$nor": [{"n": 1}, {"t": True}]}, [2, 4]),
        ({"n": {"$mod": [2, 0]}}, [2]),
        ({"$expr": {"$gt": [{"$size": {"$ifNull": ["$r", []]}}, 1]}}, [1]),
        ({"when": {"$lt": datetime.datetime.fromisoformat("2021-01-01")}}, [4]),
    ],
)
def test_queries_find_what_the_manual_says(server, query, ids):
    assert [d["_id"] for d in server.documents("db.c", query)] == ids


@pytest.mark.parametrize(
    ("before", "update", "after"),
    [
        ({"a": 1}, {"$set": {"b.c": 2}}, {"a": 1, "b": {"c": 2}}),
        ({"a": 1, "b": 2}, {"$unset": {"a": ""}}, {"b": 2}),
        ({"a": 1}, {"$inc": {"a": 2, "b": 1}}, {"a": 3, "b": 1}),
        ({"a": (1 << 63) - 1}, {"$inc": {"a": 1}}, {"a": float(1 << 63)}),
        ({"a": 2}, {"$mul": {"a": 1.5}}, {"a": 3.0}),
        ({"a": 2}, {"$max": {"a": 5}, "$min": {"b": 1}}, {"a": 5, "b": 1}),
        ({"a": 2}, {"$rename": {"a": "b"}}, {"b": 2}),
        ({"a": [1]}, {"$push": {"a": {"$each": [3, 2], "$sort": -1, "$slice": 2}}}, {"a": [3, 2]}),
        ({"a": [1]}, {"$addToSet": {"a": {"$each": [1, 2]}}}, {"a": [1, 2]}),
        ({"a": [1, 2, 3]}, {"$pull": {"a": {"$gte": 2}}}, {"a": [1]}),
        ({"a": [{"k": 1}, {"k": 2}]}, {"$pull": {"a": {"k": 1}}}, {"a": [{"k": 2}]}),
        ({"a": [1, 2, 1]}, {"$pullAll": {"a": [1]}}, {"a": [2]}),
        ({"a": [1, 2]}, {"$pop": {"a": -1}}, {"a": [2]}),
        ({"a": [{"k": 1}, {"k": 2}]}, {"$set": {"a.$[].k": 0}}, {"a": [{"k": 0}, {"k": 0}]}),
        ({"a": 1}, {"b": 2}, {"b": 2}),
        ({"a": 1}, [{"$set": {"b": {"$add": ["$a", 1]}}}], {"a": 1, "b": 2}),
    ],
)
def test_updates_do_what_the_manual_says(server, before, update, after):
    server.insert("db.u", {"_id": 1, **before})
    server.run("update", {"update": "u", "$db": "db", "updates": [{"q": {}, "u": update}]})
    assert server.documents("db.u") == [{"_id": 1, **after}]


def test_positional_updates_change_the_element_that_was_found(server):
    for query, update, options in (
        ({"r.k": "b"}, {"$set": {"r.$.v": 9}}, {}),
        ({"r": {"$elemMatch": {"k": "a", "v": 1}}}, {"$inc": {"r.$.v": 1}}, {}),
        ({}, {"$set": {"r.$[e].k": "z"}}, {"arrayFilters": [{"e.v": {"$gt": 5}}]}),
    ):
        body = {"update": "c", "$db": "db", "updates": [{"q": {"_id": 1, **query}, "u": update, **options}]}
        assert server.run("update", body).get("writeErrors") is None
    assert server.documents("db.c", {"_id": 1})[0]["r"] == [{"k": "a", "v": 2}, {"k": "z", "v": 9}]


@pytest.mark.parametrize(
    ("pipeline", "found"),
    [
        ([{"$match": {"_id": 1}}, {"$project": {"n": 1, "_id": 0, "x": "$d.x"}}], [{"n": 1, "x": 1}]),
        ([{"$group": {"_id": {"$type": "$n"}, "c": {"$sum": 1}}}, {"$sort": {"_id": 1}}, {"$limit": 1}], [{"_id": "double", "c": 1}]),
        ([{"$unwind": "$r"}, {"$group": {"_id": None, "v": {"$sum": "$r.v"}, "k": {"$push": "$r.k"}}}], [{"_id": None, "v": 6, "k": ["a", "b"]}]),
        ([{"$count": "n"}], [{"n": 4}]),
        ([{"$match": {"_id": {"$lt": 3}}}, {"$sortByCount": "$t"}], [{"_id": None, "count": 2}]),
        ([{"$match": {"_id": 2}}, {"$set": {"u": {"$toUpper": "$s"}}}, {"$unset": ["s", "l", "d"]}], [{"_id": 2, "n": 2.5, "u": "B\nAC"}]),
        ([{"$match": {"_id": 1}}, {"$lookup": {"from": "o", "localField": "_id", "foreignField": "by", "as": "o"}}, {"$project": {"o.t": 1}}], [{"_id": 1, "o": [{"t": 5}]}]),
        ([{"$match": {"_id": 4}}, {"$project": {"_id": 0, "y": {"$year": "$when"}, "t": {"$dateToString": {"date": "$when", "format": "%d.%m."}}}}], [{"y": 2020, "t": "06.05."}]),
        ([{"$match": {"_id": 1}}, {"$replaceRoot": {"newRoot": "$d"}}], [{"x": 1}]),
        ([{"$match": {"_id": 1}}, {"$project": {"_id": 0, "m": {"$map": {"input": "$l", "as": "i", "in": {"$multiply": ["$$i", 2]}}}}}], [{"m": [2, 4]}]),
        ([{"$match": {"_id": 1}}, {"$facet": {"a": [{"$count": "n"}], "b": [{"$project": {"n": 1}}]}}], [{"a": [{"n": 1}], "b": [{"_id": 1, "n": 1}]}]),
        ([{"$unionWith": "o"}, {"$match": {"t": 5}}, {"$project": {"_id": {"$cond": ["$t", "yes", "no"]}}}], [{"_id": "yes"}]),
    ],
)  # fmt: skip
def test_pipelines_give_what_the_manual_says(server, pipeline, found):
    server.insert("db.o", {"_id": 7, "by": 1, "t": 5})
    answer = server.run("aggregate", {"aggregate": "c", "$db": "db", "pipeline": pipeline, "cursor": {}})
    assert answer["cursor"]["firstBatch"] == found


def test_out_and_merge_write_collections(server):
    for stage in ({"$out": "p"}, {"$merge": {"into": "p"}}):
        pipeline = [{"$match": {"_id": 1}}, {"$project": {"n": 1}}, stage]
        server.run("aggregate", {"aggregate": "c", "$db": "db", "pipeline": pipeline, "cursor": {}})
        assert server.documents("db.p") == [{"_id": 1, "n": 1}]


def deep(levels, make):
    value = {"n": 1}
    for _ in range(levels):
        value = make(value)
    return value


HOSTILE = {
    "deep $and": {"$and": [deep(2000, lambda q: {"$and": [q]})]},
    "deep document": {"a": deep(500, lambda q: {"a": q})},
    "wide $or of patterns": {"$or": [{"s": {"$regex": "(a+)+$"}}] * 300_000},
    "pattern that never ends": {"s": {"$regex": "^(([a-z])+.)+[A-Z]([a-z])+$"}},
    "huge pattern": {"s": {"$regex": "(" * 50_000 + ")" * 50_000}},
    "repeated repeats": {"s": {"$regex": "((a{1,99}){1,99}){1,99}"}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_queries_end(server, name):
    server.insert("db.c", *({"s": "a" * 20_000} for _ in range(200)))
    begin = time.monotonic()
    with contextlib.suppress(MongoError):
        server.run("find", {"find": "c", "$db": "db", "filter": HOSTILE[name]})
    assert time.monotonic() - begin < 5


def doubling(stages):
    return [{"$set": {"a": {"$concat": ["$a", "$a"]}}}] * stages


@pytest.mark.parametrize(
    "pipeline",
    [
        doubling(60),
        [{"$set": {"a": {"$concatArrays": [["$a"], ["$a", "$a"]]}}}] * 50,
        [{"$set": {"a": ["$a", "$a"]}}] * 60,
        [{"$set": {"a": {"$concatArrays": [["$a"], "$l"]}, "l": ["$$ROOT", "$$ROOT"]}}] * 40,
        [{"$project": {"a": deep(90, lambda e: {"$let": {"vars": {"x": ["$$ROOT", "$$ROOT"]}, "in": e}})}}] * 900,
        [{"$unwind": "$l"}, {"$set": {"l": list(range(500))}}] * 30,
    ],
)
def test_pipelines_that_grow_without_end_are_stopped(server, pipeline):
    server.insert("db.c", {"a": "x" * 1000, "l": [1, 2]})
    begin = time.monotonic()
    with pytest.raises(MongoError):
        server.run("aggregate", {"aggregate": "c", "$db": "db", "pipeline": pipeline, "cursor": {}})
    assert time.monotonic() - begin < 5


def message(body, flags=0):
    content = struct.pack("<IB", flags, 0) + bson.encode(body)
    return struct.pack("<iiii", 16 + len(content), 1, 0, 2013) + content


COMMANDS = [
    {"find": "c", "filter": {"n": {"$gt": 0}, "s": {"$regex": "a"}}, "sort": {"n": 1}, "projection": {"n": 1}, "$db": "db"},
    {"aggregate": "c", "pipeline": [{"$group": {"_id": "$n", "c": {"$sum": 1}}}, {"$sort": {"c": 1}}], "cursor": {}, "$db": "db"},
    {"update": "c", "updates": [{"q": {"n": 1}, "u": {"$set": {"a.b": 1}}, "upsert": True}], "$db": "db"},
    {"insert": "c", "documents": [{"_id": 9}], "$db": "db"},
    {"saslStart": 1, "mechanism": "SCRAM-SHA-256", "payload": b"n,,n=a,r=b", "$db": "admin"},
    {"createIndexes": "c", "indexes": [{"key": {"n": 1}, "name": "n_1", "unique": True}], "$db": "db"},
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_conversations_never_hang_or_raise(net, server, seed):
    chance = random.Random(seed)
    for _ in range(100):
        say(net, 27017, b"".join(mutated(message(chance.choice(COMMANDS)), chance) for _ in range(4)))


def test_commands_of_an_odd_shape_are_answered(net, server):
    chance = random.Random(3)
    odd = [None, 1, -1, "x", [], {}, [1], {"$a": 1}, {"a": {"$gt": 1}}, True, 1e300, {"": 1}, [{}]]
    for _ in range(1500):
        body = dict(chance.choice(COMMANDS))
        name = chance.choice(list(body))
        body[name] = chance.choice(odd)
        if chance.random() < 0.5:
            inner = chance.choice(list(body))
            body[inner] = [chance.choice(odd) for _ in range(2)]
        try:
            server.run(next(iter(body)), {**body, "$db": str(body.get("$db"))})
        except (MongoError, TypeError, KeyError, AttributeError, ValueError):
            continue  # the last four are caught one floor up and answered as an error
