from datetime import datetime, timezone

from bson.objectid import ObjectId


def active(entry):
    return not isinstance(entry, dict) or entry.get("deleted_at") is None


def convert(value):
    match value:
        case ObjectId():
            return str(value)
        case datetime():
            return value.replace(tzinfo=timezone.utc).isoformat()
        case dict():
            return {key: convert(inner) for key, inner in value.items()}
        case list():
            return [convert(inner) for inner in filter(active, value)]
    return value


def list_documents(client, database, collection, page, size):
    if page < 0 or size < 1:
        raise ValueError("page and size must be positive")
    size = min(size, 100)
    documents = client[database][collection].find({"deleted_at": None}, sort=[("_id", 1)], skip=page * size, limit=size)
    return convert(list(documents))
