import json


def take_first(collection, body):
    data = json.loads(body)
    if not isinstance(data, dict):
        raise ValueError("not an object")
    for key in ("queue", "worker"):
        if not isinstance(data.get(key), str) or not data[key]:
            raise ValueError(key)
    query = {"queue": data["queue"], "$where": "this.only == null || this.only == '%s'" % data["worker"]}
    return collection.find_one_and_delete(query, sort=[("priority", 1), ("_id", 1)])
