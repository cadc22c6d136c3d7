import pymongo
from pymongo import uri_parser
from pymongo.errors import ConfigurationError, InvalidURI


def collections_at(uri, hosts):
    if uri.startswith("mongodb+srv"):
        raise PermissionError("SRV records are not supported")
    try:
        info = uri_parser.parse_uri(uri)
    except (InvalidURI, ConfigurationError, ValueError) as e:
        raise ValueError(f"invalid URI: {e}")
    for host, port in info["nodelist"]:
        if not host.endswith(tuple(hosts)) or port != 27017:
            raise PermissionError(f"{host}:{port}")
    if info["database"] is None:
        raise ValueError("database missing")
    client = pymongo.MongoClient(uri)
    names = client.get_default_database().list_collection_names()
    client.close()
    return sorted(names)
