from urllib.parse import urlsplit

from pymongo import MongoClient
from pymongo.errors import ConfigurationError, InvalidURI


def collections_at(uri, hosts):
    parts = urlsplit(uri)
    if parts.scheme not in ("mongodb", "mongodb+srv"):
        raise ValueError("not a MongoDB connection string")
    name = parts.path.strip("/")
    netloc = parts.netloc.rpartition("@")[2]
    first = netloc.split(",")[0]
    host, _, port = first.partition(":")
    if parts.scheme == "mongodb+srv" or (host and host.lower() not in hosts) or port not in ("", "27017"):
        raise PermissionError(f"{first} may not be used")
    if not name:
        raise ValueError("no database given")
    try:
        client = MongoClient(uri)
    except (InvalidURI, ConfigurationError) as error:
        raise ValueError(str(error))
    with client:
        return sorted(client[name].list_collection_names())
