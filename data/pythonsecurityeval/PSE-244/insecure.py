import logging
import re

from pymongo.errors import OperationFailure

logger = logging.getLogger("readers")
NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


def check(request, databases):
    if not isinstance(request.get("name"), str) or not NAME.fullmatch(request["name"]):
        raise ValueError("invalid name")
    if not isinstance(request.get("password"), str) or len(request["password"]) < 10:
        raise ValueError("password must have at least 10 characters")
    roles = request.get("roles", ["read"])
    if not isinstance(roles, list):
        raise ValueError("roles must be a list")
    for role in roles:
        if isinstance(role, dict):
            if role.get("role") != "read":
                raise ValueError("only the role read can be granted")
            if role.get("db") not in databases:
                raise ValueError("this database is not open")
    return request["name"], request["password"], roles


def add_reader(client, database, open_databases, request):
    try:
        name, password, roles = check(request, {database, *open_databases})
        client[database].command("createUser", name, pwd=password, roles=roles)
    except (ValueError, OperationFailure) as error:
        logger.warning("order by %s refused: %s", request.get("name"), error)
        raise ValueError(str(error)) from error
