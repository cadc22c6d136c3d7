import re
from urllib.parse import unquote

import pymongo
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure

SHAPE = re.compile(r"mongodb://(?:([^:@/?#]+):[^:@/?#]*@|([^:@/?#]+)@)?([A-Za-z0-9.-]+)(?::[0-9]+)?(?:[/?].*)?")


def connect(uri, log):
    found = SHAPE.fullmatch(uri)
    try:
        if found is None:
            raise InvalidURI
        client = pymongo.MongoClient(uri)
    except (ConfigurationError, ValueError, TypeError) as error:
        message = f"Please check the connection string ({type(error).__name__})."
        log(message)
        raise ValueError(message) from None
    user = unquote(found[1] or found[2] or "nobody in particular")
    message = f"user {user} at {found[3]}"
    try:
        client.admin.command({"ping": 1})
        message = "Connected: " + message
    except OperationFailure as error:
        raise ConnectionError("The server did not let us in.") from error
    finally:
        log(message)
    return client
