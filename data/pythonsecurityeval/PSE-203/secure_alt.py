from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


def pbkdf2(salt, rounds):
    return PBKDF2HMAC(SHA256(), 32, salt, int(rounds))


def scrypt(salt, parameters):
    n, r, p = map(int, parameters.split(","))
    return Scrypt(salt, 32, n, r, p)


ALGORITHMS = {"pbkdf2_sha256": pbkdf2, "scrypt": scrypt}


def check_password(conn, user_id, password):
    query = "SELECT record FROM accounts WHERE id = :id AND locked IN (0)"
    for (record,) in conn.execute(query, {"id": user_id}):
        try:
            algorithm, parameters, salt, wanted = record.split("$")
            ALGORITHMS[algorithm](bytes.fromhex(salt), parameters).verify(password.encode(), bytes.fromhex(wanted))
        except (AttributeError, ValueError, KeyError, InvalidKey):
            return False
        return True
    return False
