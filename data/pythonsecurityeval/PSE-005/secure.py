from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

MOST_MOVES = 5


def origin(url):
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def hand_over(url, outbox, name, key):
    folder = Path(outbox).resolve()
    file = (folder / name).resolve()
    if not file.is_relative_to(folder):
        raise ValueError(f"not in the outbox: {name}")
    if not file.is_file():
        raise FileNotFoundError(name)
    upload = {"file": (Path(name).name, file.read_bytes())}
    for _ in range(MOST_MOVES):
        response = requests.post(
            url, headers={"X-Archive-Key": key}, files=upload, timeout=30, allow_redirects=False
        )
        target = urljoin(url, response.headers.get("Location", ""))
        if response.status_code not in (307, 308) or origin(target) != origin(url):
            break
        url = target
    return response.status_code
