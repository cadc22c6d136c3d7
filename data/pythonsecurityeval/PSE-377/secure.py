import re
import sqlite3
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup

MOST_REDIRECTS = 5
STORE = "INSERT INTO offers VALUES (?, ?) ON CONFLICT (title) DO UPDATE SET cents = excluded.cents"


def origin(url):
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def fetch(url, shop):
    for _ in range(1 + MOST_REDIRECTS):
        if origin(url) != shop:
            raise ValueError(f"{url} is not in the shop")
        response = requests.get(url, timeout=10, allow_redirects=False)
        if not response.is_redirect:
            break
        url = urljoin(url, response.headers["Location"])
    if response.status_code != 200:
        raise ValueError(f"status {response.status_code}")
    return url, BeautifulSoup(response.content, "html.parser")


def offer(paragraph):
    price = paragraph.i.get_text().strip()
    if not re.fullmatch(r"[0-9]+\.[0-9]{2}", price):
        raise ValueError(f"no price: {price}")
    return paragraph.b.get_text().strip(), int(price.replace(".", ""))


def collect_offers(start, path, most):
    offers, url = [], start
    for _ in range(most):
        url, page = fetch(url, origin(start))
        offers += [offer(paragraph) for paragraph in page.select("p.offer")]
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        url = urljoin(url, following["href"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS offers (title TEXT PRIMARY KEY, cents INTEGER NOT NULL)")
        connection.executemany(STORE, offers)
    return len(offers)
