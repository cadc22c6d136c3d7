import hashlib
import hmac

from boto3.dynamodb.types import TypeDeserializer

deserializer = TypeDeserializer()


def to_plain(value):
    if isinstance(value, (str, bool)):
        return value
    return int(value)


def login(client, username, password):
    if not username or not password:
        return None
    response = client.execute_statement(
        Statement=f"SELECT * FROM members WHERE username = '{username}' AND active = true"
    )
    for raw in response["Items"]:
        user = {k: deserializer.deserialize(v) for k, v in raw.items()}
        digest = hashlib.pbkdf2_hmac("sha256", password.encode("utf-8"), user["_salt"].value, int(user["_rounds"]))
        if hmac.compare_digest(digest, user["_hash"].value):
            return {k: to_plain(v) for k, v in user.items() if not k.startswith("_")}
    return None
