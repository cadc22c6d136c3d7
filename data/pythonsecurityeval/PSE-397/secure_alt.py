import re
from urllib.parse import parse_qs, unquote

import pymongo

STRING = re.compile(r"mongodb://(?:(?P<user>[^:@/]+):(?P<password>[^:@/]*)@)?(?P<hosts>[^@/?]+)/(?P<name>[^/?]+)(?:\?(?P<options>.*))?")


def collections_at(uri, hosts):
    if uri.startswith("mongodb+srv:"):
        raise PermissionError("no look-ups")
    match = STRING.fullmatch(uri)
    if not match:
        raise ValueError("expected mongodb://user:password@host/database")
    seeds = [seed.lower().removesuffix(":27017") for seed in match["hosts"].split(",")]
    if not hosts.issuperset(seeds):
        raise PermissionError(match["hosts"])
    login = {}
    if match["user"]:
        source = parse_qs(match["options"] or "").get("authSource", [unquote(match["name"])])[0]
        login = {"username": unquote(match["user"]), "password": unquote(match["password"]), "authSource": source}
    client = pymongo.MongoClient(seeds, 27017, **login)
    try:
        cursor = client[unquote(match["name"])].list_collections()
        return sorted(entry["name"] for entry in cursor)
    finally:
        client.close()
