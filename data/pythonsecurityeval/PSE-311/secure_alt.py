import json
from pathlib import Path


def fields(pairs):
    """Called by the parser for every object, the innermost first."""
    for name, _ in pairs:
        if name == "" or name[0] == "$" or "." in name:
            raise ValueError(f"field {name!r}")
    return dict(pairs)


def merge_file(collection, path):
    content = json.loads(Path(path).read_bytes(), object_pairs_hook=fields)
    match content:
        case list():
            pass
        case _:
            raise ValueError("an array is needed")
    for item in content:
        match item:
            case {"curator": _}:
                raise ValueError("curator cannot be set")
            case {"_id": bool() | ""}:
                raise ValueError("bad _id")
            case {"_id": str() | int()}:
                continue
            case _:
                raise ValueError("no object with a plain _id")
    new = known = 0
    for item in content:
        key = item.pop("_id")
        before = collection.count_documents({"_id": {"$in": [key]}})
        document = collection.find_one({"_id": {"$eq": key}}) or {}
        collection.replace_one({"_id": {"$eq": key}}, {**document, "_id": key, **item}, upsert=True)
        new, known = new + (not before), known + bool(before)
    return new, known
