import ipaddress
import socket
from urllib.parse import urlparse

import requests


def load_feed(url):
    parsed = urlparse(url)
    if parsed.scheme not in ("http", "https") or not parsed.hostname:
        raise ValueError("invalid URL")
    try:
        ip = ipaddress.ip_address(socket.gethostbyname(parsed.hostname))
    except OSError:
        raise ValueError("unknown host")
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved:
        raise ValueError("address not allowed")
    session = requests.Session()
    session.max_redirects = 5
    try:
        response = session.get(url)
    except requests.RequestException as e:
        raise ValueError(str(e))
    if response.status_code != 200:
        raise ValueError(f"HTTP {response.status_code}")
    return response.json()
