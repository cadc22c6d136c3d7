import hashlib
import hmac

from boto3.dynamodb.types import TypeDeserializer

PRIVATE = ("_salt", "_rounds", "_hash")


def login(client, username, password):
    if not username or not password:
        return None
    item = client.get_item(TableName="members", Key={"username": {"S": username}}).get("Item")
    if not item:
        return None
    deserialize = TypeDeserializer().deserialize
    user = {key: deserialize(value) for key, value in item.items()}
    salt, rounds, expected = (user.pop(key) for key in PRIVATE)
    actual = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.value, int(rounds))
    if not user["active"] or not hmac.compare_digest(actual, expected.value):
        return None
    return {key: value if isinstance(value, (str, bool)) else int(value) for key, value in user.items()}
