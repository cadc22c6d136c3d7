from urllib.parse import unquote_plus

from bson import json_util

TEXT_FIELDS = ("title", "city", "genre", "code")
NUMBER_FIELDS = ("price", "seats")
OPERATORS = {"": "$eq", "gte": "$gte", "lte": "$lte"}


def find_events(collection, query):
    filters = []
    private = False
    for part in filter(None, query.split("&")):
        key, _, value = part.partition("=")
        key, value = unquote_plus(key), unquote_plus(value)
        field, _, op = key.rstrip("]").partition("[")
        if op not in OPERATORS:
            raise ValueError(f"unknown operator {op}")
        if field in NUMBER_FIELDS:
            value = int(value)
        elif field not in TEXT_FIELDS:
            raise ValueError(f"unknown field {field}")
        if field == "code":
            private = True
        filters.append({field: {OPERATORS[op]: value}})
    if not private:
        filters.append({"code": None})
    return json_util.dumps(list(collection.find({"$and": filters}).sort("_id")), json_options=json_util.RELAXED_JSON_OPTIONS)
