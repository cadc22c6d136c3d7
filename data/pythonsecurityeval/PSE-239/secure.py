import hashlib
import hmac
from decimal import Decimal

from boto3.dynamodb.types import TypeDeserializer


def login(client, username, password):
    if not username or not password:
        return None
    found = client.get_item(TableName="members", Key={"username": {"S": username}}, ConsistentRead=True).get("Item")
    if found is None:
        return None
    item = {name: TypeDeserializer().deserialize(value) for name, value in found.items()}
    typed = hashlib.pbkdf2_hmac("sha256", password.encode(), bytes(item["_salt"]), int(item["_rounds"]))
    if not hmac.compare_digest(typed, bytes(item["_hash"])) or item["active"] is not True:
        return None
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in item.items() if not name.startswith("_")}
