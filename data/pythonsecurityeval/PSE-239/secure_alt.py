from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

PLAIN = {"S": str, "N": int, "BOOL": bool}
STATEMENT = "SELECT * FROM members WHERE username = ?"


def login(client, username, password):
    if not (username and password):
        return None
    for item in client.execute_statement(Statement=STATEMENT, Parameters=[{"S": username}])["Items"]:
        kdf = PBKDF2HMAC(SHA256(), 32, item["_salt"]["B"], int(item["_rounds"]["N"]))
        try:
            kdf.verify(password.encode("utf-8"), item["_hash"]["B"])
        except InvalidKey:
            return None
        if item["active"]["BOOL"]:
            profile = {}
            for name in filter(lambda name: name[0] != "_", item):
                ((kind, value),) = item[name].items()
                profile[name] = PLAIN[kind](value)
            return profile
    return None
