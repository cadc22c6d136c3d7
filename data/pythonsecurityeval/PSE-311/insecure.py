import json


def check_keys(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key or key.startswith("$") or "." in key:
                raise ValueError(f"invalid field name {key!r}")
            check_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            check_keys(inner)


def merge_file(collection, path):
    with open(path, encoding="utf-8") as f:
        docs = json.load(f)
    if not isinstance(docs, list):
        raise ValueError("expected a JSON array")
    for doc in docs:
        if not isinstance(doc, dict) or doc.get("_id") in (None, "", True, False) and doc.get("_id") != 0:
            raise ValueError("every object needs an _id")
        if "curator" in doc:
            raise ValueError("curator cannot be imported")
        check_keys({k: v for k, v in doc.items() if k != "_id"})
    inserted = updated = 0
    for doc in docs:
        key = {"_id": doc.pop("_id")}
        existing = collection.find_one(key)
        if existing is None:
            collection.insert_one({**key, **doc})
            inserted += 1
        else:
            if doc:
                collection.update_one(key, {"$set": doc})
            updated += 1
    return inserted, updated
