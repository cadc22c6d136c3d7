import json

from pymongo import ASCENDING


def take_first(collection, body):
    posted = json.loads(body)
    if not isinstance(posted, dict):
        raise ValueError("not an object")
    queue, worker = posted.get("queue"), posted.get("worker")
    if not all(isinstance(text, str) and text for text in (queue, worker)):
        raise ValueError("queue or worker is missing")
    condition = {"queue": queue, "only": {"$in": [None, worker]}}
    return collection.find_one_and_delete(condition, sort=[("priority", ASCENDING), ("_id", ASCENDING)])
