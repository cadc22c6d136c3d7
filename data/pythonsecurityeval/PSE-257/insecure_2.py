from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError
from pymongo.uri_parser import parse_uri


def connect(uri, log):
    try:
        parsed = parse_uri(uri)
        client = MongoClient(uri)
    except (PyMongoError, ValueError, TypeError) as e:
        log(f"invalid connection string ({type(e).__name__})")
        raise ValueError(f"invalid connection string {uri!r}: {e}") from e

    host, port = parsed["nodelist"][0]
    where = f"{host}:{port}"
    if parsed["username"]:
        where = f"{parsed['username']}@{where}"
    try:
        client.admin.command("ping")
    except OperationFailure as e:
        log(f"{where}: login refused")
        raise ConnectionError(f"{where}: {e.details.get('errmsg')}") from e
    log(f"connected to {where}")
    return client
