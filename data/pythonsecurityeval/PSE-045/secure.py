import http.client
import ipaddress
import json
import socket
import ssl
from urllib.parse import urljoin, urlsplit

TIMEOUT = 10
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}


def connect(host, port):
    """Connects to the very address that was checked, so that a second look-up cannot change it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [address[0] for *_, address in found]
    if not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise ValueError(f"{host} is not on the public internet")
    return socket.create_connection((addresses[0], port), timeout=TIMEOUT)


def ask(parts):
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not the address of a web server")
    tls = parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    connection = kind(parts.hostname, port)
    try:
        connection.sock = connect(parts.hostname, port)
        if tls:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
        connection.request("GET", parts._replace(scheme="", netloc="", path=parts.path or "/", fragment="").geturl())
        response = connection.getresponse()
        return response.status, response.getheader("Location", ""), response.read()
    except (OSError, http.client.HTTPException) as error:
        raise ValueError(f"no answer from {parts.hostname}") from error
    finally:
        connection.close()


def load_feed(url):
    for _ in range(1 + MOST_REDIRECTS):
        status, location, body = ask(urlsplit(url))
        if status not in REDIRECTS:
            break
        url = urljoin(url, location)
    if status != 200:
        raise ValueError(f"status {status}")
    return json.loads(body)
