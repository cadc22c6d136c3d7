import re
import sqlite3
from urllib.parse import urljoin, urlparse

import requests
from bs4 import BeautifulSoup


def collect_offers(start, path, most):
    session = requests.Session()
    session.max_redirects = 5
    home = urlparse(start)
    url = start
    offers = []
    pages = 0
    while url and pages < most:
        target = urlparse(url)
        if (target.scheme, target.netloc) != (home.scheme, home.netloc):
            raise ValueError(f"link leaves the shop: {url}")
        try:
            response = session.get(url, timeout=15)
        except requests.RequestException as e:
            raise ValueError(str(e))
        if response.status_code != 200:
            raise ValueError(f"HTTP {response.status_code} for {url}")
        soup = BeautifulSoup(response.content, "html.parser")
        for p in soup.find_all("p", class_="offer"):
            price = p.find("i").get_text(strip=True)
            if not re.fullmatch(r"\d+\.\d\d", price):
                raise ValueError(f"bad price {price!r}")
            offers.append((p.find("b").get_text(strip=True), int(price.replace(".", ""))))
        link = soup.find("a", rel="next")
        url = urljoin(response.url, link["href"]) if link else None
        pages += 1
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE TABLE IF NOT EXISTS offers (title TEXT PRIMARY KEY, cents INTEGER NOT NULL)")
        db.executemany("INSERT OR REPLACE INTO offers VALUES (?, ?)", offers)
    db.close()
    return len(offers)
