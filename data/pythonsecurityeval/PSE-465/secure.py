import re

OPTIONS = ("capped", "size", "max", "validator")


def add_collection(db, project, name, options):
    if not re.fullmatch("[a-z0-9-]{1,40}", name):
        raise ValueError("not a name for a collection")
    full = f"{project}.{name}"
    existing = db.list_collection_names()
    if full in existing:
        raise FileExistsError(full)
    if sum(other.startswith(project + ".") for other in existing) >= 20:
        raise PermissionError("too many collections")
    db.create_collection(full, **{key: options[key] for key in OPTIONS if key in options})
    return full
