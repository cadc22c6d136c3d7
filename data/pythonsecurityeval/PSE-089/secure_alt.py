import json
import operator
import urllib.parse

from bson.json_util import RELAXED_JSON_OPTIONS, default

COMPARE = {"": operator.eq, "[gte]": operator.ge, "[lte]": operator.le}


def condition(key, value):
    """A field, how to compare it, and with what."""
    name, bracket, rest = key.partition("[")
    if key in ("title", "city", "genre", "code"):
        return key, operator.eq, value
    if name in ("price", "seats") and bracket + rest in COMPARE:
        return name, COMPARE[bracket + rest], int(value)
    raise ValueError(key)


def find_events(collection, query):
    conditions = [condition(*pair) for pair in urllib.parse.parse_qsl(query, keep_blank_values=True)]
    knows_a_code = any(name == "code" for name, _, _ in conditions)
    found = []
    for document in collection.find({} if knows_a_code else {"code": {"$exists": False}}, sort=[("_id", 1)]):
        if all(name in document and compare(document[name], wanted) for name, compare, wanted in conditions):
            found.append(document)
    return json.dumps(found, default=lambda value: default(value, RELAXED_JSON_OPTIONS))
