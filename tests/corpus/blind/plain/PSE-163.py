import re
import ssl

_BEGIN = "-----BEGIN CERTIFICATE-----"
_BLOCK = re.compile(rf"{_BEGIN}.*?-----END CERTIFICATE-----", re.DOTALL)


def client_context(ca_pem: str) -> ssl.SSLContext:
    blocks = _BLOCK.findall(ca_pem)
    if not blocks:
        raise ValueError("no certificate found")
    if len(blocks) != ca_pem.count(_BEGIN):
        raise ValueError("a certificate is not complete")

    # Checks certificate and host name, and knows no authorities to begin with.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # An authority may itself have been certified by another one.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    for block in blocks:
        try:
            context.load_verify_locations(cadata=block + "\n")
        except (ssl.SSLError, ValueError) as error:
            raise ValueError("a certificate cannot be read") from error
    return context
