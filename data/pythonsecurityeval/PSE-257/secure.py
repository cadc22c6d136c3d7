from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError
from pymongo.uri_parser import parse_uri


def connect(uri, log):
    try:
        parts = parse_uri(uri)
        client = MongoClient(uri)
    except (PyMongoError, ValueError, TypeError):
        log("This is no connection string of MongoDB.")  # parts of it, even in pymongo's words, may be the password
        raise ValueError("not a connection string of MongoDB") from None
    host, user = parts["nodelist"][0][0], parts["username"]
    place = f"{host} as {user}" if user else host
    try:
        client.admin.command("ping")
    except OperationFailure as error:
        client.close()
        log(f"{place}: the login is refused (code {error.code})")
        raise ConnectionError(f"{host} refuses the login") from error
    log(f"connected to {place}")
    return client
