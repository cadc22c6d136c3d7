from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pymongo.collection

# What MongoDB is able to store. It is checked beforehand, as otherwise a
# single object could stop the run in the middle.
_MAX_DEPTH = 100
_MAX_SIZE = 16 * 1024 * 1024


def _no_constant(text: str):
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("number out of range")
    return number


def _utf8_size(text: str) -> int:
    try:
        return len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise ValueError("text that isn't valid Unicode") from None


def _check(value, depth: int) -> int:
    """Check a value and everything in it; return its size in BSON."""
    if value is None:
        return 0
    if isinstance(value, bool):
        return 1
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise ValueError("number out of range")
        return 8
    if isinstance(value, float):
        return 8
    if isinstance(value, str):
        return _utf8_size(value) + 5

    if depth > _MAX_DEPTH:
        raise ValueError("nested too deeply")
    size = 5
    if isinstance(value, list):
        for index, item in enumerate(value):
            size += 2 + len(str(index)) + _check(item, depth + 1)
        return size
    for name, item in value.items():
        if not name or name.startswith("$") or "." in name or "\0" in name:
            raise ValueError("field name that isn't allowed")
        size += 2 + _utf8_size(name) + _check(item, depth + 1)
    return size


def _check_object(item) -> None:
    if not isinstance(item, dict):
        raise ValueError("not an object")
    key = item.get("_id")
    if isinstance(key, bool) or not isinstance(key, (str, int)) or key == "":
        raise ValueError("_id must be a non-empty string or a whole number")
    if "curator" in item:
        raise ValueError("the field curator is not the museum's to set")
    if _check(item, 1) > _MAX_SIZE:
        raise ValueError("object is too big")


def _read(path: str) -> list[dict]:
    with open(path, "rb") as file:
        raw = file.read()
    try:
        items = json.loads(raw, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(items, list):
        raise ValueError("the file is not an array")
    for number, item in enumerate(items, 1):
        try:
            _check_object(item)
        except ValueError as error:
            raise ValueError(f"object {number}: {error}") from None
    return items


def merge_file(
    collection: pymongo.collection.Collection, path: str
) -> tuple[int, int]:
    """Merge a museum's file; return how many objects were new and how many not."""
    items = _read(path)  # all of it is checked before anything is written

    new = old = 0
    for item in items:
        key = item["_id"]
        fields = {name: value for name, value in item.items() if name != "_id"}
        # Servers before 5.0 don't take an empty $set.
        update = {"$set": fields} if fields else {"$setOnInsert": {"_id": key}}
        result = collection.update_one({"_id": key}, update, upsert=True)
        if result.matched_count:
            old += 1
        else:
            new += 1
    return new, old
