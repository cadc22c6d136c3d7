import base64
import json
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def unpacked(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_good(claims, audience):
    now = time.time()
    for_whom = claims.get("aud")
    return (
        isinstance(claims.get("exp"), int)
        and now < claims["exp"]
        and claims.get("nbf", 0) <= now
        and (for_whom == audience or (isinstance(for_whom, list) and audience in for_whom))
    )


def verify_token(token, key, audience):
    signed, _, signature = token.rpartition(".")
    try:
        head, body = signed.split(".")
        load_pem_public_key(key.encode()).verify(unpacked(signature), signed.encode(), PKCS1v15(), hashes.SHA256())
        header, claims = json.loads(unpacked(head)), json.loads(unpacked(body))
    except (ValueError, InvalidSignature) as error:
        raise ValueError("malformed or not signed by the provider") from error
    if header.get("alg") != "RS256" or not is_good(claims, audience):
        raise ValueError("not for us, or not at this time")
    return claims
