import re
import time

import jwt

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_NO_CLAIMS = {
    f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


def _whole(claims: dict, name: str) -> int:
    value = claims[name]
    if type(value) is not int:
        raise ValueError(f"{name} is not a whole number")
    return value


def verify_token(token: str, key: str, audience: str) -> dict:
    if not _COMPACT.fullmatch(token):
        raise ValueError("not a token")
    try:
        # The signature only; the claims are checked below.
        claims = jwt.decode(
            token, key, algorithms=["RS256"], options={"verify_signature": True, **_NO_CLAIMS}
        )
    except Exception as error:
        raise ValueError("token is not valid") from error

    now = int(time.time())
    if "exp" not in claims or _whole(claims, "exp") <= now:
        raise ValueError("token has expired")
    if "nbf" in claims and _whole(claims, "nbf") > now:
        raise ValueError("token is not valid yet")
    aud = claims.get("aud")
    if not (aud == audience if isinstance(aud, str) else isinstance(aud, list) and audience in aud):
        raise ValueError("token is meant for somebody else")
    return claims
