from __future__ import annotations

import json

_MAX_DEPTH = 100  # what MongoDB takes
_INT64 = range(-(2**63), 2**63)


def _not_json(constant: str):
    raise ValueError(f"{constant} isn't JSON")


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("a text holds half a surrogate pair") from None


def _check_value(value, depth: int) -> None:
    """Check field names at every depth, and that MongoDB can store the value."""
    if isinstance(value, (dict, list)) and depth > _MAX_DEPTH:
        raise ValueError("an object is nested too deep")
    if isinstance(value, dict):
        for name, item in value.items():
            if not name or name.startswith("$") or "." in name or "\0" in name:
                raise ValueError(f"field name {name!r} isn't allowed")
            _check_text(name)
            _check_value(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_value(item, depth + 1)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int) and value not in _INT64:
        raise ValueError("a number is beyond 64 bits")


def _check_object(item) -> None:
    if not isinstance(item, dict):
        raise ValueError("the array holds something else than objects")
    key = item.get("_id")
    if type(key) not in (str, int) or key == "":
        raise ValueError("_id must be a non-empty string or a whole number")
    if "curator" in item:
        raise ValueError("the field curator isn't allowed")
    _check_value(item, 1)


def _read_objects(path: str) -> list[dict]:
    with open(path, "rb") as file:
        raw = file.read()
    try:
        objects = json.loads(raw, parse_constant=_not_json)
    except RecursionError:
        raise ValueError("the file is nested too deep") from None
    if not isinstance(objects, list):
        raise ValueError("the file isn't an array")
    for item in objects:
        _check_object(item)
    return objects


def merge_file(collection: pymongo.collection.Collection, path: str) -> tuple[int, int]:
    """Merge the file's objects into the collection: (new ones, ones there before)."""
    created = existing = 0
    for item in _read_objects(path):
        key = item["_id"]
        fields = {name: value for name, value in item.items() if name != "_id"}
        # Older servers refuse an empty $set.
        update = {"$set": fields} if fields else {"$setOnInsert": {"_id": key}}
        result = collection.update_one({"_id": key}, update, upsert=True)
        if result.matched_count:
            existing += 1
        else:
            created += 1
    return created, existing
