import re
from urllib.parse import parse_qsl

from bson.json_util import dumps

FIELDS = {"title": str, "city": str, "genre": str, "code": str, "price": int, "seats": int}
KEY = re.compile(r"(\w+)(?:\[(\w+)\])?")


def find_events(collection, query):
    criteria = {"code": {"$exists": False}}
    for key, value in parse_qsl(query, keep_blank_values=True):
        match = KEY.fullmatch(key)
        if not match or match[1] not in FIELDS:
            raise ValueError(f"unknown field: {key}")
        field, op = match.groups()
        value = FIELDS[field](value)
        if op is None:
            criteria[field] = value
            continue
        if field == "code" or not isinstance(criteria.get(field), dict):
            criteria[field] = {}
        criteria[field]["$" + op] = value
    return dumps(collection.find(criteria).sort("_id", 1))
