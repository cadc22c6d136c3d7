import json

from pymongo import ASCENDING
from pymongo.collection import Collection


def _no_constant(text: str):
    raise ValueError(f"{text} is not JSON")


def _text(document: dict, key: str) -> str:
    """Only a real text may get into the query, no object with operators."""
    value = document.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} must be a non-empty text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{key} is not valid Unicode") from None
    return value


def _parse(body: bytes) -> tuple[str, str]:
    try:
        # Numbers don't matter here; as floats they may be of any length.
        document = json.loads(
            body.decode("utf-8-sig"), parse_int=float, parse_constant=_no_constant
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    return _text(document, "queue"), _text(document, "worker")


def take_first(collection: Collection, body: bytes) -> dict | None:
    """Remove the next job for the worker that asks and return it, or None."""
    queue, worker = _parse(body)
    # One atomic step, so no two processes get the same job. None stands for
    # both null and a missing key.
    return collection.find_one_and_delete(
        {"queue": queue, "only": {"$in": [None, worker]}},
        sort=[("priority", ASCENDING), ("_id", ASCENDING)],
    )
