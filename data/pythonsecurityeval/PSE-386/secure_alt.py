from json import loads


def text(posted, key):
    match posted:
        case {**keys} if isinstance(keys.get(key), str) and keys[key] != "":
            return keys[key]
    raise ValueError(f"{key} has to be a text")


def take_first(collection, body):
    """Of several processes that see the same job, the one whose deletion counts has it."""
    posted = loads(body.decode("utf-8"))
    queue, worker = text(posted, "queue"), text(posted, "worker")
    mine = {"$or": [{"only": {"$eq": None}}, {"only": {"$eq": worker}}]}
    while jobs := list(collection.find({"$and": [{"queue": {"$eq": queue}}, mine]}).sort({"priority": 1, "_id": 1}).limit(1)):
        if collection.delete_one({"_id": jobs[0]["_id"]}).deleted_count:
            return jobs[0]
    return None
