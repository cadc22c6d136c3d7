import base64
import hashlib
import hmac
import json
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding


def b64(part):
    return base64.urlsafe_b64decode(part + "==")


def verify_token(token, key, audience):
    try:
        header_part, claims_part, signature_part = token.split(".")
        header = json.loads(b64(header_part))
        claims = json.loads(b64(claims_part))
        signature = b64(signature_part)
        signed = f"{header_part}.{claims_part}".encode()
        if header["alg"].startswith("HS"):
            digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[header["alg"]]
            if not hmac.compare_digest(hmac.new(key.encode(), signed, digest).digest(), signature):
                raise ValueError("bad signature")
        else:
            public_key = serialization.load_pem_public_key(key.encode())
            public_key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        if claims["exp"] <= time.time() or claims.get("nbf", 0) > time.time():
            raise ValueError("not valid now")
        aud = claims["aud"]
        if audience not in (aud if isinstance(aud, list) else [aud]):
            raise ValueError("wrong audience")
        return claims
    except Exception as error:
        raise ValueError(f"invalid token: {error}")
