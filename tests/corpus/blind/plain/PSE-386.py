import json

import pymongo
import pymongo.collection


def _not_json(constant: str):
    raise ValueError(f"{constant} isn't JSON")


def _parse(body: bytes) -> tuple[str, str]:
    try:
        # We need no numbers; as floats, very long ones in other keys do no harm.
        document = json.loads(body, parse_int=float, parse_constant=_not_json)
    except RecursionError:
        raise ValueError("the body is nested too deep") from None
    if not isinstance(document, dict):
        raise ValueError("the body isn't a JSON object")
    for key in ("queue", "worker"):
        text = document.get(key)
        if not isinstance(text, str) or not text:
            raise ValueError(f"{key} must be a non-empty text")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError(f"{key} isn't valid text") from None
    return document["queue"], document["worker"]


def take_first(collection: pymongo.collection.Collection, body: bytes) -> dict | None:
    """Remove the first job for this worker from the collection and return it."""
    queue, worker = _parse(body)
    # One atomic operation, so no two processes get the same job.
    return collection.find_one_and_delete(
        # None also matches jobs without the key.
        {"queue": queue, "only": {"$in": [None, worker]}},
        sort=[("priority", pymongo.ASCENDING), ("_id", pymongo.ASCENDING)],
    )
