import logging
import re

from pymongo.errors import OperationFailure

log = logging.getLogger(__name__)


def fault(request, allowed):
    if not isinstance(request.get("password"), str) or len(request["password"]) < 10:
        return "the password is too short"
    roles = request.get("roles", [])
    if not isinstance(roles, list) or not all(role in allowed for role in roles):
        return "these roles are not to be had"
    return None


def add_reader(client, database, open_databases, request):
    name = request.get("name")
    if not isinstance(name, str) or not re.fullmatch("[A-Za-z0-9._-]{1,40}", name):
        log.warning("refused a reader: %.100r is no name", name)
        raise ValueError("no such name is possible")
    allowed = ["read", *({"role": "read", "db": place} for place in (database, *open_databases))]
    reason = fault(request, allowed)
    if reason is None:
        try:
            client[database].command("createUser", name, pwd=request["password"], roles=request.get("roles", ["read"]))
        except OperationFailure as error:
            if error.code != 51003:
                raise
            reason = "the name is taken"
    if reason is not None:
        log.warning("refused reader %s: %s", name, reason)
        raise ValueError(reason)
