import json

from bson import json_util

def is_live(value):
    return not (isinstance(value, dict) and value.get("deleted_at") is not None)


def tidy(document):
    """One object of relaxed Extended JSON, from the innermost outwards."""
    if document.keys() == {"$oid"}:
        return document["$oid"]
    if document.keys() == {"$date"}:
        return document["$date"].removesuffix("Z") + "+00:00"
    kept = {}
    for key, value in document.items():
        if isinstance(value, list):
            value = without_deleted(value)
        if is_live(value):
            kept[key] = value
    return kept


def without_deleted(values):
    return [without_deleted(value) if isinstance(value, list) else value for value in values if is_live(value)]


def list_documents(client, database, collection, page, size):
    if size < 1 or page < 0:
        return []
    size = size if size < 100 else 100
    steps = [{"$match": {"deleted_at": None}}, {"$sort": {"_id": 1}}, {"$skip": page * size}, {"$limit": size}]
    return json.loads(json_util.dumps(client[database][collection].aggregate(steps)), object_hook=tidy)
