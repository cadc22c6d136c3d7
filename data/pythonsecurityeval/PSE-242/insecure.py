from datetime import datetime, timezone

from bson import ObjectId

MAX_SIZE = 100


def serialize(value):
    if isinstance(value, dict):
        return {k: serialize(v) for k, v in value.items() if not is_deleted(v)}
    if isinstance(value, list):
        return [serialize(v) for v in value if not is_deleted(v)]
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc).isoformat()
    return value


def is_deleted(value):
    return isinstance(value, dict) and value.get("deleted_at") is not None


def list_documents(client, database, collection, page, size):
    size = min(size, MAX_SIZE)
    cursor = client[database][collection].find({"deleted_at": None}).sort("_id", 1)
    cursor = cursor.skip(max(page * size, 0)).limit(size)
    return [serialize(doc) for doc in cursor]
