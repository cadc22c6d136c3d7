import re

from pymongo import MongoClient
from pymongo.errors import ConfigurationError, OperationFailure


def redact(uri):
    return re.sub(r"://([^:/@]+):([^@]+)@", r"://\1:***@", uri)


def connect(uri, log):
    shown = redact(uri)
    if not uri.startswith("mongodb://"):
        log(f"not a MongoDB connection string: {shown}")
        raise ValueError("connection string must start with mongodb://")
    try:
        client = MongoClient(uri)
    except (ConfigurationError, ValueError, TypeError):
        log(f"invalid connection string: {shown}")
        raise ValueError("invalid connection string") from None
    try:
        client.admin.command("ping")
    except OperationFailure:
        log(f"login failed: {shown}")
        raise ConnectionError("the server refused the login") from None
    log(f"connected: {shown}")
    return client
