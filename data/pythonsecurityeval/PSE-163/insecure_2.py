import ssl


def client_context(ca_pem):
    if "BEGIN CERTIFICATE" not in ca_pem:
        raise ValueError("no certificate")
    ctx = ssl.create_default_context()
    try:
        ctx.load_verify_locations(cadata=ca_pem)
    except ssl.SSLError as e:
        raise ValueError(str(e)) from e
    return ctx
