"""TLS for clients of the plant's servers."""

import base64
import re
import ssl

__all__ = ["client_context"]

_BEGIN = ("-----BEGIN CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----")
_END = ("-----END CERTIFICATE-----", "-----END X509 CERTIFICATE-----")
# Something that was such a line before somebody damaged it.
_DAMAGED = re.compile(r"-{2,}\s*(?:BEGIN|END)\s+(?:X509 |TRUSTED )?CERTIFICATE\s*-*")


def _certificates(pem: str) -> list[bytes]:
    """The certificates of ``pem`` in DER form."""
    found: list[bytes] = []
    block: list[str] | None = None
    for line in pem.splitlines():
        line = line.strip()
        if line in _BEGIN:
            if block is not None:
                raise ValueError("a certificate has no end")
            block = []
        elif line in _END:
            if block is None:
                raise ValueError("a certificate has no beginning")
            found.append(base64.b64decode("".join(block), validate=True))
            block = None
        elif block is not None:
            block.append(line)
        elif _DAMAGED.fullmatch(line):
            raise ValueError("a certificate cannot be read")
    if block is not None:
        raise ValueError("a certificate has no end")
    if not found:
        raise ValueError("there is no certificate in the text")
    return found


def client_context(ca_pem: str) -> ssl.SSLContext:
    """A context that trusts the authorities in ``ca_pem`` and no others."""
    # This protocol demands a certificate, checks the host name and, unlike
    # create_default_context(), comes without any authority.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # An authority of ours counts even if another one has certified it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN

    authorities = 0
    for der in _certificates(ca_pem):
        trial = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            trial.load_verify_locations(cadata=der)
        except (ssl.SSLError, ValueError) as error:
            raise ValueError("a certificate cannot be read") from error
        if trial.cert_store_stats()["x509"] != 1:
            raise ValueError("a certificate cannot be read")
        if trial.cert_store_stats()["x509_ca"] != 1:
            continue  # belongs to a server, say: that makes it no authority
        context.load_verify_locations(cadata=der)
        authorities += 1
    if not authorities:
        raise ValueError("there is no certificate of an authority in the text")
    return context
