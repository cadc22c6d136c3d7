import json


def take_first(collection, body):
    data = json.loads(body)
    if not isinstance(data, dict):
        raise ValueError("expected a JSON object")
    queue = data.get("queue")
    worker = data.get("worker")
    if not queue or not worker or isinstance(queue, (int, float)) or isinstance(worker, (int, float)):
        raise ValueError("queue and worker are required")
    return collection.find_one_and_delete(
        {"queue": queue, "$or": [{"only": None}, {"only": worker}]},
        sort=[("priority", 1), ("_id", 1)],
    )
