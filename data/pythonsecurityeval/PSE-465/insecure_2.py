import re

NAME = re.compile(r"^[a-z0-9-]{1,40}$", re.MULTILINE)


def add_collection(db, project, name, options):
    if len(name) > 40 or not NAME.match(name):
        raise ValueError("only lower-case letters, digits and - are allowed")
    collection = project + "." + name
    existing = set(db.list_collection_names())
    if collection in existing:
        raise FileExistsError(f"{collection} exists already")
    own = [other for other in existing if other.startswith(project + ".")]
    if len(own) >= 20:
        raise PermissionError("no more than 20 collections per project")
    kept = {}
    for option in ("capped", "size", "max", "validator"):
        if option in options:
            kept[option] = options[option]
    db.create_collection(collection, **kept)
    return collection
