import logging
import re

from pymongo.errors import OperationFailure

log = logging.getLogger(__name__)


def problems(request, databases):
    name, password = request.get("name"), request.get("password")
    if not isinstance(name, str) or not re.fullmatch(r"[\w.-]{1,40}", name, re.ASCII):
        yield "bad name"
    if not isinstance(password, str) or len(password) < 10:
        yield "bad password"
    roles = request.get("roles", ["read"])
    if not isinstance(roles, list):
        yield "bad roles"
    elif any(role != "read" and role not in [{"role": "read", "db": db} for db in databases] for role in roles):
        yield "role not allowed"


def add_reader(client, database, open_databases, request):
    found = list(problems(request, [database, *open_databases]))
    if found:
        log.warning("refused order %r: %s", request, ", ".join(found))
        raise ValueError(", ".join(found))
    try:
        client[database].command(
            "createUser", request["name"], pwd=request["password"], roles=request.get("roles", ["read"])
        )
    except OperationFailure as error:
        log.warning("could not create %s: %s", request["name"], error)
        raise ValueError("user exists") from error
