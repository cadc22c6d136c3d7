import ssl


def client_context(ca_pem):
    ctx = ssl.create_default_context()
    ctx.check_hostname = False
    try:
        ctx.load_verify_locations(cadata=ca_pem)
    except ssl.SSLError as e:
        raise ValueError(f"bad CA: {e}")
    ctx.verify_mode = ssl.CERT_REQUIRED
    return ctx
