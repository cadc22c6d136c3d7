import json


def check_names(value):
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if any(not name or name.startswith("$") or "." in name for name in value):
                raise ValueError("bad field name")
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def merge_file(collection, path):
    with open(path, encoding="utf-8") as file:
        objects = json.load(file)
    if not isinstance(objects, list):
        raise ValueError("not an array")
    for item in objects:
        if not isinstance(item, dict) or type(item.get("_id")) not in (str, int) or item["_id"] == "":
            raise ValueError("not an object with an _id")
        if "curator" in item:
            raise ValueError("curator is ours")
        check_names(item)
    new = 0
    for item in objects:
        if collection.find_one({"_id": item["_id"]}) is None:
            collection.insert_one(item)
            new += 1
        elif fields := {name: value for name, value in item.items() if name != "_id"}:
            collection.update_one({"_id": item["_id"]}, {"$set": fields})
    return new, len(objects) - new
