from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import pymongo
from bson.objectid import ObjectId
from pymongo.errors import InvalidName

_MOST = 100
_LARGEST_SKIP = 2**62  # the server takes 64 bits; no collection is as long as this

# Missing or null. Equality with null would also take an array with a null in it.
_NOT_DELETED = {"deleted_at": {"$eq": None, "$not": {"$type": "array"}}}


def _is_deleted(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("deleted_at") is not None


def _plain(value: Any) -> Any:
    """The value as json.dumps takes it, without deleted documents inside."""
    if isinstance(value, Mapping):
        document = {}
        for key, inner in value.items():
            if not _is_deleted(inner):
                document[key] = _plain(inner)
        return document
    if isinstance(value, (list, tuple)):
        entries = []
        for inner in value:
            if not _is_deleted(inner):
                entries.append(_plain(inner))
        return entries
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc).isoformat(timespec="seconds")
    return value


def list_documents(
    client: pymongo.MongoClient, database: str, collection: str, page: int, size: int
) -> list[dict]:
    """One page of the documents that aren't deleted, by ascending _id."""
    # To MongoDB a limit of 0 means no limit, and a negative one its absolute value.
    if page < 0 or size < 1:
        return []
    size = min(size, _MOST)
    skip = page * size
    if skip > _LARGEST_SKIP:
        return []

    try:
        source = client[database][collection]
    except InvalidName:
        return []  # there can't be a collection of that name
    found = source.find(_NOT_DELETED).sort("_id", 1).skip(skip).limit(size)
    return [_plain(document) for document in found if not _is_deleted(document)]
