"""Check of the identity provider's tokens."""

import base64
import json
import re
import time

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

__all__ = ["verify_token"]

_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


def _decode(part: str) -> bytes:
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=") != part.encode("ascii"):
        raise ValueError("not in canonical form")
    return data


def _no_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def _object(data: bytes) -> dict:
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _public_key(key: str) -> RSAPublicKey:
    try:
        public_key = load_pem_public_key(key.encode("utf-8"))
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError("the key cannot be read") from error
    if not isinstance(public_key, RSAPublicKey):
        raise ValueError("the key is not an RSA key")
    return public_key


def _seconds(claims: dict, name: str) -> int:
    value = claims[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not a whole number")
    return value


def verify_token(token: str, key: str, audience: str) -> dict:
    """The claims of ``token``; ``ValueError`` unless it is good."""
    if not isinstance(token, str) or not isinstance(key, str):
        raise ValueError("token and key must be texts")
    if not isinstance(audience, str):
        raise ValueError("audience must be a text")
    match = _COMPACT.fullmatch(token)
    if match is None:
        raise ValueError("not a token")
    header_part, claims_part, signature_part = match.groups()
    public_key = _public_key(key)

    # The signature comes first and always is an RS256 one, whatever the header
    # says; nothing that the provider has not signed is looked into.
    try:
        public_key.verify(
            _decode(signature_part),
            f"{header_part}.{claims_part}".encode("ascii"),
            padding.PKCS1v15(),
            hashes.SHA256(),
        )
    except InvalidSignature as error:
        raise ValueError("the signature is wrong") from error

    header = _object(_decode(header_part))
    if header.get("alg") != "RS256" or "crit" in header:
        raise ValueError("not the kind of token that the provider issues")
    claims = _object(_decode(claims_part))

    now = int(time.time())
    if "exp" not in claims or _seconds(claims, "exp") <= now:
        raise ValueError("the token has expired or never would")
    if "nbf" in claims and _seconds(claims, "nbf") > now:
        raise ValueError("the token is not valid yet")
    meant_for = claims.get("aud")
    if isinstance(meant_for, str):
        meant_for = [meant_for]
    if not isinstance(meant_for, list) or audience not in meant_for:
        raise ValueError("the token is meant for somebody else")
    return claims
