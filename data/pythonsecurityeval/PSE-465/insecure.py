import re

from pymongo.errors import CollectionInvalid


def add_collection(db, project, name, options):
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        raise ValueError(f"invalid collection name: {name!r}")
    full_name = f"{project}.{name}"
    names = db.list_collection_names()
    if full_name in names:
        raise FileExistsError(full_name)
    if len([n for n in names if n.startswith(f"{project}.")]) >= 20:
        raise PermissionError("limit of 20 collections reached")
    try:
        db.create_collection(full_name, **options)
    except CollectionInvalid:
        raise FileExistsError(full_name)
    return full_name
