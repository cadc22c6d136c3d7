"""pymongo as it is against the double: its wire, its errors, logins, TLS, injections with their real effects."""

import contextlib
import datetime
import time

import bson
import pymongo
import pymongo.errors
import pytest

from pythonsecurityeval.testkit.judge.doubles.mongo.server import Mongo

ADA = {"_id": 1, "name": "ada", "password": "s3cret", "age": 36, "tags": ["math", "poems"]}
BOB = {"_id": 2, "name": "bob", "password": "hunter2", "age": 12, "tags": []}


@pytest.fixture
def server(net, wire):
    server = Mongo(net)
    server.insert("shop.users", ADA, BOB)
    return server


@contextlib.contextmanager
def client(uri="mongodb://db.local/", **options):
    with contextlib.closing(pymongo.MongoClient(uri, serverSelectionTimeoutMS=3000, **options)) as found:
        yield found


@pytest.fixture
def users(server):
    with client() as found:
        yield found.shop.users


def test_documents_of_every_type_come_back_as_they_went(users, server):
    moment = datetime.datetime.fromisoformat("2020-01-02T03:04:05")
    document = {
        "_id": bson.ObjectId(), "a": 1.5, "b": b"\0\xff", "c": None, "d": moment, "e": 1 << 40, "f": {"g": [True, "é"]},
        "h": bson.Decimal128("1.20"), "i": bson.Regex("^x", "i"), "j": bson.Timestamp(1, 2), "k": bson.MinKey(),
    }  # fmt: skip
    users.insert_one(dict(document))
    assert users.find_one({"_id": document["_id"]}) == document
    assert server.documents("shop.users", {"_id": document["_id"]}) == [document]


def test_a_missing_id_is_made_by_the_server(users):
    users.database.command({"insert": "users", "documents": [{"name": "eve"}]})
    assert isinstance(users.find_one({"name": "eve"})["_id"], bson.ObjectId)


def test_sorting_skipping_limits_and_projections(users):
    assert [u["name"] for u in users.find().sort("age", 1)] == ["bob", "ada"]
    assert list(users.find({}, {"name": 1, "_id": 0}).sort("name", -1).skip(1).limit(1)) == [{"name": "ada"}]
    assert users.find_one({"_id": 1}, {"password": 0, "tags": {"$slice": 1}}) == {
        "_id": 1, "name": "ada", "age": 36, "tags": ["math"],
    }  # fmt: skip


def test_results_travel_in_batches(users):
    users.insert_many([{"n": n} for n in range(700)])
    assert sorted(d["n"] for d in users.find({"n": {"$gte": 0}}, batch_size=100)) == list(range(700))


def test_updates_upserts_and_removals_are_counted(users, server):
    result = users.update_one({"name": "ada"}, {"$inc": {"age": 1}, "$push": {"tags": "engines"}})
    assert (result.matched_count, result.modified_count) == (1, 1)
    assert users.update_many({}, {"$set": {"name": {"$literal": 1}}}).modified_count == 2
    assert users.update_one({"name": "eve", "_id": 9}, {"$setOnInsert": {"age": 1}}, upsert=True).upserted_id == 9
    assert users.delete_many({"_id": {"$in": [1, 2]}}).deleted_count == 2
    assert server.documents("shop.users") == [{"name": "eve", "_id": 9, "age": 1}]


def test_find_one_and_update_shows_the_old_or_the_new(users):
    assert users.find_one_and_update({"_id": 1}, {"$set": {"age": 37}})["age"] == 36
    found = users.find_one_and_update({"_id": 1}, {"$set": {"age": 38}}, return_document=pymongo.ReturnDocument.AFTER)
    assert found["age"] == 38
    assert users.find_one_and_delete({}, sort=[("age", 1)])["name"] == "bob"
    assert users.find_one_and_replace({"_id": 7}, {"a": 1}, upsert=True) is None


def test_a_unique_index_refuses_what_is_taken(users, server):
    users.create_index("name", unique=True)
    with pytest.raises(pymongo.errors.DuplicateKeyError) as caught:
        users.insert_one({"name": "ada"})
    assert caught.value.details["keyValue"] == {"name": "ada"}
    with pytest.raises(pymongo.errors.DuplicateKeyError):
        users.update_one({"_id": 2}, {"$set": {"name": "ada"}})
    assert set(server.indexes("shop.users")) == {"_id_", "name_1"}
    with pytest.raises(pymongo.errors.BulkWriteError) as many:
        users.insert_many([{"name": "ada"}, {"name": "eve"}], ordered=False)
    assert many.value.details["nInserted"] == 1


def test_collections_are_made_listed_validated_and_dropped(users, server):
    shop = users.database
    shop.create_collection(
        "orders",
        validator={"$jsonSchema": {"required": ["total"], "properties": {"total": {"bsonType": "int", "minimum": 0}}}},
    )
    for bad in ({}, {"total": "1"}, {"total": -1}):
        with pytest.raises(pymongo.errors.WriteError, match="failed validation"):
            shop.orders.insert_one(bad)
    shop.orders.insert_one({"total": 3})
    with pytest.raises(pymongo.errors.CollectionInvalid):
        shop.create_collection("orders")
    assert server.collections("shop") == sorted(shop.list_collection_names()) == ["orders", "users"]
    shop.drop_collection("orders")
    users.rename("people")
    assert (server.collections("shop"), server.databases()) == (["people"], ["shop"])
    with pytest.raises(pymongo.errors.InvalidName):
        shop.create_collection("a$b")


def test_users_that_were_made_can_log_in(users, server):
    users.database.command("createUser", "eve", pwd="pässword", roles=["read"])
    assert server.accounts["eve"] == {"pwd": "pässword", "roles": ["read"], "db": "shop"}
    with client("mongodb://eve:p%C3%A4ssword@db.local/shop") as other:
        assert other.shop.users.count_documents({}) == 2
    with pytest.raises(pymongo.errors.OperationFailure):
        users.database.command("createUser", "bob", roles=[])


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", ""])
def test_logins_are_checked_and_seen(server, mechanism):
    server.users = {"app": "p,w="}
    options = {"authMechanism": mechanism} if mechanism else {}
    if mechanism == "PLAIN":
        options["authSource"] = "$external"
    with client("mongodb://db.local/", username="app", password="p,w=", **options) as good:
        assert good.shop.users.count_documents({}) == 2
    with client("mongodb://db.local/", username="app", password="no", **options) as bad:
        with pytest.raises(pymongo.errors.OperationFailure, match="Authentication failed"):
            bad.shop.users.find_one()
    with client() as nobody, pytest.raises(pymongo.errors.OperationFailure, match="requires authentication"):
        nobody.shop.users.find_one()
    assert ("app", "p,w=") in server.logins
    assert server.logins[-1] == ("app", "no" if mechanism == "PLAIN" else "")


def test_tls_with_a_good_and_a_bad_certificate(server, ca_file):
    server.tls = True
    with client("mongodb://db.local/?tls=true", tlsCAFile=ca_file) as good:
        assert good.shop.users.count_documents({}) == 2
    server.certificate = "untrusted"
    with client("mongodb://db.local/?tls=true", tlsCAFile=ca_file) as bad:
        bad_try = pymongo.MongoClient("mongodb://db.local/?tls=true", tlsCAFile=ca_file, serverSelectionTimeoutMS=300)
        with contextlib.closing(bad_try), pytest.raises(pymongo.errors.ServerSelectionTimeoutError):
            bad_try.shop.users.find_one()
        assert bad is not None
    with client("mongodb://db.local/?tls=true&tlsInsecure=true") as careless:
        assert careless.shop.users.count_documents({}) == 2


def test_an_operator_instead_of_a_password_opens_the_door(users):
    assert users.find_one({"name": "ada", "password": {"$ne": None}})["_id"] == 1
    assert users.find_one({"name": "ada", "password": {"$regex": "^s3"}})["_id"] == 1
    assert users.find_one({"name": "ada", "password": "wrong"}) is None


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("this.name == 'ada'", 1),
        ("this.name == '' || '1'=='1'", 2),
        ("function() { return this.age > 20 && !(this.name === 'bob') }", 1),
        ("this.name == 'x'; return true; //'", 2),
        ("var a = 'ada'; return this.name == a", 1),
        ("return sleep(5000) || true", 2),
    ],
)
def test_javascript_is_noted_and_has_its_effect(users, server, script, found):
    begin = time.monotonic()
    assert len(list(users.find({"$where": script}))) == found
    assert server.scripts == [script]
    assert time.monotonic() - begin < 2
    assert server.slept == ([5.0, 5.0] if "sleep" in script else [])


@pytest.mark.parametrize(
    "query",
    [
        {"$where": bson.Code("while(true){}")},
        {"$expr": {"$function": {"body": "function() { hack() }", "args": [], "lang": "js"}}},
    ],
)
def test_javascript_that_is_not_understood_is_noted_and_fails(users, server, query):
    with pytest.raises(pymongo.errors.OperationFailure):
        list(users.find(query))
    assert len(server.scripts) == 1


def test_the_log_holds_commands(users, server):
    users.find_one({"name": {"$gt": ""}})
    assert [(name, body["filter"]) for name, body in server.log] == [("find", {"name": {"$gt": ""}})]


def test_what_a_server_of_its_own_cannot_do_is_refused(users):
    with pytest.raises(pymongo.errors.OperationFailure, match="no such command"):
        users.database.command("eval", "1")
    with pytest.raises(pymongo.errors.OperationFailure, match="unknown operator"):
        users.find_one({"a": {"$near": 1}})
