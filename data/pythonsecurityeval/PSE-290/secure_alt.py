import binascii
import re

HEADER = re.compile(r"basic +((?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?)", re.ASCII | re.IGNORECASE)
PAIR = re.compile("([^:]*):(.*)", re.DOTALL)


def basic_credentials(headers):
    lowered = {name.casefold(): value for name, value in headers.items()}
    header = HEADER.fullmatch(lowered.get("authorization", ""))
    pair = header and PAIR.fullmatch(str(binascii.a2b_base64(header[1]), "utf-8"))
    if pair is None:
        raise ValueError("no Basic credentials")
    return pair.group(1), pair.group(2)
