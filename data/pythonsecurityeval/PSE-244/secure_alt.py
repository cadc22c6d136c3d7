import logging
import string

from bson.son import SON

SIGNS = frozenset(string.ascii_letters + string.digits + "._-")


def wanted_databases(roles, database):
    """The names of the databases that somebody wants to read."""
    if type(roles) is not list:
        raise ValueError("roles must be a list")
    for role in roles:
        match role:
            case "read":
                yield database
            case {"role": "read", "db": str(place), **rest} if not rest:
                yield place
            case _:
                raise ValueError("only the role read can be ordered")


def account(client, database, open_databases, request):
    name, password = request.get("name"), request.get("password")
    if type(name) is not str or not 0 < len(name) < 41 or set(name) - SIGNS:
        raise ValueError("bad name")
    if type(password) is not str or len(password) < 10:
        raise ValueError("bad password")
    places = set(wanted_databases(request.get("roles", ["read"]), database))
    if not places <= {database, *open_databases}:
        raise ValueError("a database that is not open to readers")
    if client[database].command("usersInfo", name)["users"]:
        raise ValueError("there is such an account")
    return SON(createUser=name, pwd=password, roles=[{"role": "read", "db": place} for place in places])


def add_reader(client, database, open_databases, request):
    try:
        command = account(client, database, open_databases, request)
    except ValueError as error:
        logging.warning("order of %r refused: %s", str(request.get("name"))[:40], error)
        raise
    client[database].command(command)
