from datetime import datetime, timezone

from bson import ObjectId


def deleted(value):
    return isinstance(value, dict) and value.get("deleted_at") is not None


def plain(value):
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc).isoformat()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if not deleted(inner)}
    if isinstance(value, list):
        return [plain(inner) for inner in value if not deleted(inner)]
    return value


def list_documents(client, database, collection, page, size):
    size = max(1, min(size, 100))  # to MongoDB 0 means all, and -500 means 500
    found = client[database][collection].find({"deleted_at": None}).sort("_id", 1)
    return [plain(document) for document in found.skip(page * size).limit(size)]
