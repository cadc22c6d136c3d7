import string

from pymongo.errors import OperationFailure

LETTERS = frozenset(string.ascii_lowercase + string.digits + "-")


def add_collection(db, project, name, options):
    if not isinstance(name, str) or not 0 < len(name) <= 40 or not LETTERS.issuperset(name):
        raise ValueError(name)
    prefix = project + "."
    mine = {entry["name"] for entry in db.list_collections() if entry["name"].startswith(prefix)}
    if prefix + name in mine:
        raise FileExistsError(name)
    if len(mine) > 19:
        raise PermissionError(project)
    command = {"create": prefix + name}
    for key, value in options.items():
        if key in {"capped", "size", "max", "validator"}:
            command[key] = value
    try:
        db.command(command)
    except OperationFailure as error:
        if error.code == 48:
            raise FileExistsError(name) from error
        raise
    return prefix + name
