from pymongo import MongoClient
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri


def collections_at(uri, hosts):
    if uri.lower().startswith("mongodb+srv://"):
        raise PermissionError("DNS would choose the server")
    try:
        parts = parse_uri(uri)
    except PyMongoError as error:
        raise ValueError("not a connection string") from error
    if any(host.lower() not in hosts or port != 27017 for host, port in parts["nodelist"]):
        raise PermissionError("not a server of ours")
    if not parts["database"]:
        raise ValueError("the string names no database")
    with MongoClient(uri) as client:
        return sorted(client[parts["database"]].list_collection_names())
