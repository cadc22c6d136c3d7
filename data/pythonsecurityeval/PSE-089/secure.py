import re
from urllib.parse import parse_qsl

from bson import json_util

TEXTS = {"title", "city", "genre", "code"}
NUMBERS = {"price": "$eq", "price[gte]": "$gte", "price[lte]": "$lte", "seats": "$eq", "seats[gte]": "$gte", "seats[lte]": "$lte"}


def whole(text):
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise ValueError("not a whole number")
    return int(text)


def find_events(collection, query):
    conditions = []
    code = {"$exists": False}
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key == "code":
            code = {"$eq": value}
        if key in TEXTS:
            conditions.append({key: {"$eq": value}})
        elif key in NUMBERS:
            conditions.append({key.partition("[")[0]: {NUMBERS[key]: whole(value)}})
        else:
            raise ValueError(f"cannot search by {key!r}")
    return json_util.dumps(collection.find({"$and": [*conditions, {"code": code}]}).sort("_id", 1))
