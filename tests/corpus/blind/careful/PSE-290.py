import base64
import re
from collections.abc import Mapping

_BASIC = re.compile(r"basic +([A-Za-z0-9+/]+={0,2})", re.IGNORECASE | re.ASCII)


def basic_credentials(headers: Mapping[str, str]) -> tuple[str, str]:
    """User name and password from the header `Authorization`."""
    values = [value for name, value in headers.items() if name.lower() == "authorization"]
    if len(values) != 1:
        raise ValueError("there must be exactly one Authorization header")
    match = _BASIC.fullmatch(values[0])
    if not match:
        raise ValueError("not Basic credentials")
    encoded = match[1].encode("ascii")
    try:
        decoded = base64.b64decode(encoded, validate=True)
        text = decoded.decode("utf-8")
    except ValueError:
        # Not chained: the original error would carry the password along.
        raise ValueError("not valid Basic credentials") from None
    # Only the one regular spelling, with nothing in the bits left over.
    if base64.b64encode(decoded) != encoded:
        raise ValueError("not valid Basic credentials")
    user, colon, password = text.partition(":")
    if not colon:
        raise ValueError("no colon in the Basic credentials")
    return user, password
