import base64
import re
from collections.abc import Mapping

_BASIC = re.compile(r"basic +([A-Za-z0-9+/]*={0,2})", re.IGNORECASE | re.ASCII)


def basic_credentials(headers: Mapping[str, str]) -> tuple[str, str]:
    for name, value in headers.items():
        if name.lower() == "authorization":
            break
    else:
        raise ValueError("no Authorization header")

    match = _BASIC.fullmatch(value)
    if not match:
        raise ValueError("not a Basic Authorization header")
    token = match.group(1).encode("ascii")
    try:
        raw = base64.b64decode(token, validate=True)
        text = raw.decode("utf-8")
    except ValueError:
        raise ValueError("malformed credentials") from None
    # the decoder is lenient about the unused bits and extra padding
    if base64.b64encode(raw) != token:
        raise ValueError("malformed credentials")
    user, colon, password = text.partition(":")
    if not colon:
        raise ValueError("malformed credentials")
    return user, password
