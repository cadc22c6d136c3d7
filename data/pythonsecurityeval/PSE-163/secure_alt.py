import ssl

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def client_context(ca_pem):
    authorities = x509.load_pem_x509_certificates(ca_pem.encode())
    return ssl.create_default_context(cadata=b"".join(ca.public_bytes(Encoding.DER) for ca in authorities))
