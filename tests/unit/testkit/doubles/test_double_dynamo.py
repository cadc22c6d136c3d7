"""boto3 as it is against the double of DynamoDB; hostile requests end."""

import decimal
import json
import random
import time

import boto3
import boto3.dynamodb.conditions as c
import botocore.config
import botocore.exceptions
import pytest

from pythonsecurityeval.testkit.judge.doubles.dynamo.service import Dynamo
from pythonsecurityeval.testkit.judge.doubles.httpwire import Headers, Request
from pythonsecurityeval.testkit.judge.doubles.web import Web

ACCOUNT = {"region_name": "eu-west-1", "aws_access_key_id": "AKIATEST", "aws_secret_access_key": "s"}


@pytest.fixture
def service(net, wire):
    service = Dynamo(Web(net, []))
    service.table("users", "name", [{"name": "ada", "password": "s3cret", "age": 36}, {"name": "bob", "password": "x"}])
    service.table("days", ("user", "day"), [{"user": "ada", "day": day, "hours": day % 3} for day in range(1, 8)])
    return service


@pytest.fixture(scope="module")
def session():
    return boto3.session.Session()


@pytest.fixture
def resource(service, session, ca_file):
    config = botocore.config.Config(retries={"max_attempts": 1})
    return session.resource("dynamodb", verify=ca_file, config=config, **ACCOUNT)


@pytest.fixture
def users(resource):
    return resource.Table("users")


@pytest.fixture
def days(resource):
    return resource.Table("days")


def test_items_go_and_come_back(users, service):
    item = {"name": "eve", "n": decimal.Decimal("1.5"), "l": [1, "x", None, True], "m": {"a": {"b"}}, "b": b"\0\xff"}
    users.put_item(Item=item)
    found = users.get_item(Key={"name": "eve"})["Item"]
    assert {**found, "b": found["b"].value} == item
    assert service.items("users")[-1] == item
    assert "Item" not in users.get_item(Key={"name": "nobody"})
    assert users.delete_item(Key={"name": "eve"}, ReturnValues="ALL_OLD")["Attributes"]["n"] == item["n"]
    assert service.credentials == ["AKIATEST"]
    assert [name for name, _ in service.log] == ["PutItem", "GetItem", "GetItem", "DeleteItem"]


def test_queries_by_key_in_order_and_in_pages(days):
    found = days.query(
        KeyConditionExpression=c.Key("user").eq("ada") & c.Key("day").between(2, 5), ScanIndexForward=False
    )
    assert [int(item["day"]) for item in found["Items"]] == [5, 4, 3, 2]
    first = days.query(KeyConditionExpression=c.Key("user").eq("ada"), Limit=4)
    rest = days.query(KeyConditionExpression=c.Key("user").eq("ada"), ExclusiveStartKey=first["LastEvaluatedKey"])
    assert [int(i["day"]) for i in first["Items"] + rest["Items"]] == list(range(1, 8))


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (c.Attr("age").exists(), ["ada"]),
        (c.Attr("age").not_exists(), ["bob"]),
        (c.Attr("name").begins_with("a") | c.Attr("password").eq("x"), ["ada", "bob"]),
        (~c.Attr("password").contains("3"), ["bob"]),
        (c.Attr("name").is_in(["bob", "eve"]), ["bob"]),
        (c.Attr("age").gt(35) & c.Attr("age").lte(36), ["ada"]),
        (c.Attr("age").attribute_type("N"), ["ada"]),
        (c.Attr("password").size().gt(3), ["ada"]),
    ],
)
def test_scans_with_filters(users, condition, names):
    assert [item["name"] for item in users.scan(FilterExpression=condition)["Items"]] == names


def test_a_filter_of_joined_text_can_be_widened(users):
    for name, count in (("ada", 1), ("x' ", 0)):
        found = users.scan(
            FilterExpression="#n = :n AND password = :p", ExpressionAttributeNames={"#n": "name"},
            ExpressionAttributeValues={":n": name, ":p": "s3cret"},
        )  # fmt: skip
        assert found["Count"] == count
    widened = "password = :p OR attribute_exists(password)"
    assert users.scan(FilterExpression=widened, ExpressionAttributeValues={":p": "no"})["Count"] == 2


def test_projections(users):
    found = users.scan(ProjectionExpression="#n", ExpressionAttributeNames={"#n": "name"})
    assert found["Items"] == [{"name": "ada"}, {"name": "bob"}]


def test_updates_and_conditions(users, service):
    users.update_item(
        Key={"name": "ada"}, UpdateExpression="SET age = age + :one, tags = list_append(if_not_exists(tags, :none), :t) REMOVE password",
        ExpressionAttributeValues={":one": 1, ":t": ["x"], ":none": []},
    )  # fmt: skip
    assert service.items("users")[0] == {"name": "ada", "age": 37, "tags": ["x"]}
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        users.put_item(
            Item={"name": "ada"},
            ConditionExpression="attribute_not_exists(#n)",
            ExpressionAttributeNames={"#n": "name"},
        )
    assert caught.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    answer = users.update_item(
        Key={"name": "new"}, UpdateExpression="ADD n :n", ExpressionAttributeValues={":n": 2}, ReturnValues="ALL_NEW"
    )
    assert answer["Attributes"] == {"name": "new", "n": 2}


def test_batches_and_transactions(resource, users, service):
    with users.batch_writer() as batch:
        batch.put_item(Item={"name": "c"})
        batch.delete_item(Key={"name": "bob"})
    assert [item["name"] for item in service.items("users")] == ["ada", "c"]
    client = resource.meta.client
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(TransactItems=[
            {"Put": {"TableName": "users", "Item": {"name": "d"}}},
            {"Put": {"TableName": "users", "Item": {"name": "ada"}, "ConditionExpression": "attribute_not_exists(age)"}},
        ])  # fmt: skip
    assert [item["name"] for item in service.items("users")] == ["ada", "c"]


def test_tables_are_made_and_dropped(resource, service):
    made = resource.create_table(
        TableName="t", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
    )  # fmt: skip
    made.wait_until_exists()
    assert service.tables() == ["days", "t", "users"]
    made.delete()
    with pytest.raises(botocore.exceptions.ClientError, match="ResourceNotFound"):
        resource.Table("t").scan()


def test_partiql_by_parameters_and_by_joined_text(resource, service):
    client = resource.meta.client
    query = 'SELECT age FROM "users" WHERE name = ? AND password = ?'
    assert client.execute_statement(Statement=query, Parameters=["ada", "s3cret"])["Items"] == [{"age": 36}]
    joined = "SELECT * FROM users WHERE name = 'ada' AND password = '{}'"
    assert client.execute_statement(Statement=joined.format("wrong"))["Items"] == []
    assert len(client.execute_statement(Statement=joined.format("' OR '1'='1"))["Items"]) == 2
    assert len(client.execute_statement(Statement=joined.format("' OR name <> '' --"))["Items"]) == 2
    client.execute_statement(Statement="DELETE FROM users WHERE name = 'bob'")
    assert [item["name"] for item in service.items("users")] == ["ada"]


def request(operation, body):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = Headers([("X-Amz-Target", f"DynamoDB_20120810.{operation}")])
    return Request(method="POST", url="https://x/", host="x", target="/", headers=headers, body=raw)


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5000 + "a = a" + ")" * 5000,
        "NOT " * 4000 + "a = a",
        "a = a OR " * 1500 + "a = a",
        "a" + "[0]" * 4000 + " = a",
        "\ud800",
        "",
    ],
)
def test_hostile_expressions_end(service, expression):
    service.table("big", "k", [{"k": n} for n in range(5000)])
    begin = time.monotonic()
    for _ in range(5):
        service._answer(request("Scan", {"TableName": "big", "FilterExpression": expression}))
    assert time.monotonic() - begin < 5


def test_requests_of_an_odd_shape_are_answered(service):
    chance = random.Random(1)
    odd = [None, 1, "x", [], {}, [1], {"S": 1}, {"N": "1e999999999"}, {"L": [{}]}, {"M": {"a": {"S": "x"}}}, True]
    for _ in range(2000):
        operation = chance.choice([*service._operations(), "Nope"])
        fields = (
            "Key",
            "Item",
            "FilterExpression",
            "RequestItems",
            "TransactItems",
            "Statement",
            "KeySchema",
            "Limit",
            "ExclusiveStartKey",
        )
        body = {
            "TableName": chance.choice(["users", "nope", 1]),
            **{chance.choice(fields): chance.choice(odd) for _ in range(3)},
        }
        assert service._answer(request(operation, body)).status in {200, 400}
    assert service._answer(request("Scan", b"{")).status == 400
    assert service._answer(request("Scan", b"[" * 100_000)).status == 400
