from datetime import datetime, timezone
from typing import Any

import pymongo
from bson import ObjectId

_MOST = 100


def _deleted(value: Any) -> bool:
    return isinstance(value, dict) and value.get("deleted_at") is not None


def _plain(value: Any) -> Any:
    """`value` with JSON's types only and without deleted documents inside."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if not _deleted(v)}
    if isinstance(value, list):
        return [_plain(v) for v in value if not _deleted(v)]
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:  # the client isn't tz_aware; it is UTC then
            value = value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc).isoformat()
    return value


def list_documents(
    client: pymongo.MongoClient, database: str, collection: str, page: int, size: int
) -> list[dict]:
    """The documents of one page, by ascending _id, ready for json.dumps."""
    # For MongoDB a limit of 0 means no limit, so this must not get through.
    if page < 0 or size < 1:
        return []
    size = min(size, _MOST)
    skip = page * size
    if skip > 2**62:  # would not fit into MongoDB's 64 bits
        return []
    documents = (
        client[database][collection]
        .find({"deleted_at": None})  # null or missing
        .sort("_id", pymongo.ASCENDING)
        .skip(skip)
        .limit(size)
    )
    return _plain(list(documents))
