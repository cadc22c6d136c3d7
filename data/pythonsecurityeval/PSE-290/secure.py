import base64


def basic_credentials(headers):
    values = [value for name, value in headers.items() if name.lower() == "authorization"]
    if not values:
        raise ValueError("no Authorization header")
    scheme, _, encoded = values[0].partition(" ")
    if scheme.lower() != "basic":
        raise ValueError("not the Basic scheme")
    text = base64.b64decode(encoded.lstrip(" "), validate=True).decode("utf-8")
    name, colon, password = text.partition(":")
    if not colon:
        raise ValueError("no colon between name and password")
    return name, password
